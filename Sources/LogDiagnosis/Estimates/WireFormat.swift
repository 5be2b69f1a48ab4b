/// What pages take on the wire (QEMU migration/ram.c).
enum WireFormat {
  /// A page with content: 4096 bytes and 8 of header.
  static let normalPage = 4104.0
  /// A page of zeros.
  static let zeroPage = 9.0
  /// Guest bytes in each byte of the wire.
  static let payloadShare = 4096 / normalPage
}
