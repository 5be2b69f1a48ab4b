import Quantities
import Testing

@Suite struct `Quantities as people read them` {
  @Test func `64 GiB over a 10 Gbit/s link takes 55 seconds`() {
    let seconds = Double(ByteCount.gibibytes(64).bytes) / DataRate.gigabitsPerSecond(10).bytesPerSecond
    #expect(Duration(clampingSeconds: seconds).text == "55 s")
  }

  @Test(arguments: [
    (0.0, "0 s"), (0.0404, "40.4 ms"), (0.34, "340 ms"), (0.9996, "1 s"), (6.9, "6.9 s"), (99.94, "99.9 s"),
    (99.96, "1 min 40 s"), (750, "12 min 30 s"), (600, "10 min"), (12_780, "3 h 33 min"), (7_200, "2 h"),
    (1e15, "for ever"),
  ])
  func `a time has the units of an operator`(seconds: Double, text: String) {
    #expect(Duration(clampingSeconds: seconds).text == text)
  }

  @Test func `an amount has three digits in the largest unit`() {
    let texts: KeyValuePairs<Int64, String> = [
      0: "0 B", 1023: "1023 B", 1 << 10: "1 KiB", 811_597_824: "774 MiB", 1 << 34: "16 GiB",
      1_649_267_441_664: "1.5 TiB", (1 << 30) - 1: "1 GiB", .max: "8192 PiB",
    ]
    for (bytes, text) in texts { #expect(ByteCount(bytes: bytes).description == text) }
  }

  @Test func `rates and shares print their units`() {
    #expect(DataRate.mebibytesPerSecond(310).description == "310 MiB/s")
    #expect(DataRate.unlimited.description == "unlimited")
    #expect(Ratio(0.2).description == "20 %")
    #expect(Ratio(0.875).description == "87.5 %")
  }

  @Test func `sums saturate`() {
    let most = ByteCount(bytes: .max)
    #expect(most + .gibibytes(1) == most)
    #expect([most, most, most].sum() == most)
    #expect(ByteCount(bytes: .min) - .gibibytes(1) == ByteCount(bytes: .min))
    #expect(most * 2 == most)
    #expect(ByteCount(rounding: .infinity) == most)
    #expect(ByteCount(rounding: .nan) == .zero)
    #expect([ByteCount]().sum() == .zero)
  }

  @Test func `durations are kept within bounds`() {
    #expect(Duration(clampingSeconds: .nan) == .zero)
    #expect(Duration(clampingSeconds: .infinity) == .seconds(1_000_000_000_000_000))
    #expect(PlanTime(seconds: 3) - PlanTime(seconds: 1) == .seconds(2))
    #expect(PlanTime.start + .seconds(2) == PlanTime(seconds: 2))
  }
}
