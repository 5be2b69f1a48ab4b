/* A boot sector that is all of a guest's operating system: what it writes is known, and no image is needed.
 *
 * It fills FILL_MIB from 2 MiB on with a number of its own in every page, so that none of them is zero. Then it writes one
 * word into each page of the first WSET_MIB of that, over and over, PAGES pages at every tick of the timer, of which there are
 * 18.2 a second; in between it sleeps. With PAGES = 0 it only sleeps.
 */
    .code16
    .globl _start
_start:
    cli
    xorw %ax, %ax
    movw %ax, %ss
    movw $0x7c00, %sp
    movw %ax, %ds
    inb  $0x92, %al             /* A20, or every other MiB would be the one before */
    orb  $2, %al
    outb %al, $0x92
    lgdt table                  /* segments that reach everything, kept when real mode is back for the timer's BIOS */
    movl %cr0, %eax
    orl  $1, %eax
    movl %eax, %cr0
    movw $8, %bx
    movw %bx, %ds
    andl $~1, %eax
    movl %eax, %cr0
    ljmp $0, $real
real:
    xorw %ax, %ax
    movw %ax, %ds
    sti
    movl $0x200000, %edi
fill:
    movl %edi, 64(%edi)
    addl $4096, %edi
    cmpl $(0x200000 + FILL_MIB * 0x100000), %edi
    jb   fill
    xorl %ebx, %ebx
#if PAGES > 0
again:
    incl %ebx
    movl $0x200000, %edi
tick:
    movw $PAGES, %cx
page:
    movl %ebx, (%edi)
    addl $4096, %edi
    cmpl $(0x200000 + WSET_MIB * 0x100000), %edi
    jae  again
    loop page
    hlt
    jmp  tick
#else
rest:
    hlt
    jmp  rest
#endif
    .align 8
segments:
    .quad 0
    .quad 0x00cf92000000ffff
table:
    .word 15
    .long segments
    .org 510
    .word 0xaa55
