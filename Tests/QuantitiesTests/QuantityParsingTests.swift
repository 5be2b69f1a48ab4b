import Quantities
import Testing

private func failure(_ parse: () throws -> Void) -> QuantityError? {
  do {
    try parse()
    return nil
  } catch {
    return error as? QuantityError
  }
}

@Suite struct `Quantities as people write them` {
  @Test func `IEC units are powers of two, SI units powers of ten`() throws {
    #expect(try ByteCount(parsing: "512 MiB") == ByteCount(bytes: 536_870_912))
    #expect(try ByteCount(parsing: "80 GB") == ByteCount(bytes: 80_000_000_000))
    #expect(try ByteCount(parsing: "4096 B") == ByteCount(bytes: 4096))
    #expect(try ByteCount(parsing: "1.5GiB") == ByteCount(bytes: 1_610_612_736))
    #expect(try ByteCount(parsing: "  2   TiB ") == .gibibytes(2048))
    #expect(try ByteCount(parsing: "1e3 kB") == ByteCount(bytes: 1_000_000))
  }

  @Test func `bits divide by eight`() throws {
    #expect(try DataRate(parsing: "10 Gbit/s") == DataRate(bytesPerSecond: 1.25e9))
    #expect(try DataRate(parsing: "8 bit/s") == DataRate(bytesPerSecond: 1))
    #expect(try DataRate(parsing: "900 MiB/s") == .mebibytesPerSecond(900))
    #expect(try DataRate(parsing: "125 MB/s") == .megabytesPerSecond(125))
  }

  @Test func `times run from microseconds to days`() throws {
    #expect(try Duration(parsing: "500 ms") == .milliseconds(500))
    #expect(try Duration(parsing: "75 s") == .seconds(75))
    #expect(try Duration(parsing: "10 min") == .seconds(600))
    #expect(try Duration(parsing: "2 d") == .seconds(172_800))
  }

  @Test func `a share is a percentage or a fraction`() throws {
    #expect(try Ratio(parsing: "20 %") == Ratio(0.2))
    #expect(try Ratio(parsing: "20%") == Ratio(0.2))
    #expect(try Ratio(parsing: "0.2") == Ratio(0.2))
    #expect(failure { _ = try Ratio(parsing: "2 GiB") } == .unknownUnit("GiB", known: ["%"]))
  }

  @Test func `a number without a unit is never guessed`() {
    let error = failure { _ = try ByteCount(parsing: "512") }
    #expect(error == .missingUnit(number: "512", example: "512 GiB"))
    #expect(error?.message == "\"512\" has no unit")
    #expect(error?.remedy == "write \"512 GiB\"; a unit is never guessed")
  }

  @Test func `what is no quantity says why`() {
    #expect(failure { _ = try ByteCount(parsing: "much") } == .notANumber("much"))
    #expect(failure { _ = try ByteCount(parsing: "") } == .notANumber(""))
    #expect(failure { _ = try ByteCount(parsing: "4eggs") } == .notANumber("4eggs"))
    #expect(failure { _ = try ByteCount(parsing: "nan GiB") } == .notANumber("nan GiB"))
    #expect(failure { _ = try ByteCount(parsing: "-1 GiB") } == .negative("-1 GiB"))
    #expect(failure { _ = try ByteCount(parsing: "1e999 GiB") } == .outOfRange("1e999 GiB"))
    #expect(failure { _ = try ByteCount(parsing: "2000 PiB") } == .outOfRange("2000 PiB"))
    #expect(failure { _ = try DataRate(parsing: "1 GiB") }?.message == "\"GiB\" is not a unit that fits here")
    #expect(failure { _ = try Duration(parsing: "3 weeks") }?.remedy == "use one of us, ms, s, min, h, d")
  }
}
