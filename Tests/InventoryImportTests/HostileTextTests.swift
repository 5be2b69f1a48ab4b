import EvacuationModel
import InventoryImport
import Testing

/// Sebastiano Vigna's SplitMix64: a failing case is found again by its number.
private struct SplitMix {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}

private func mutated(_ bytes: [UInt8], seed: Int) -> [UInt8] {
  var random = SplitMix(state: UInt64(seed))
  var result = bytes
  for _ in 0...random.next(below: 4) {
    guard !result.isEmpty else { break }
    let place = random.next(below: result.count)
    switch random.next(below: 4) {
    case 0: result[place] ^= UInt8(1 << random.next(below: 8))
    case 1: result.insert(UInt8(random.next(below: 256)), at: place)
    case 2: result.insert(Array("{}[]\":,-&*?\n\t 0e9".utf8)[random.next(below: 17)], at: place)
    default: result.removeSubrange(place..<min(place + 1 + random.next(below: 20), result.count))
    }
  }
  return result
}

/// Reads `bytes` as everything there is; value and errors must exclude each other.
private func expectSound(_ bytes: [UInt8], _ label: String) {
  func check<Value>(_ reading: Reading<Value>) {
    let hasError = reading.findings.contains { $0.severity == .error }
    #expect((reading.value == nil) == hasError, "\(label)")
  }
  check(InventoryReader.read(bytes, path: "x"))
  check(PolicyReader.read(bytes, path: "x", platform: .nova))
  check(PlanReader.read(bytes, path: "x"))
}

@Suite struct `Hostile texts` {
  @Test(arguments: ["two-racks.yaml", "two-racks.json", "nova.yaml", "plan.json"])
  func `2,000 damaged files are read or refused`(name: String) throws {
    let bytes = try fixture(name)
    for seed in 0..<500 { expectSound(mutated(bytes, seed: seed), "\(name), seed \(seed)") }
  }

  @Test(arguments: ["two-racks.yaml", "two-racks.json", "nova.yaml", "plan.json"])
  func `a file cut off anywhere is read or refused`(name: String) throws {
    let bytes = try fixture(name)
    for length in stride(from: 0, to: bytes.count, by: name.hasSuffix("json") ? 1 : 3) {
      expectSound(Array(bytes[..<length]), "\(name), \(length) bytes")
    }
  }

  @Test func `JSON that is cut off is never taken for whole`() throws {
    let bytes = try fixture("two-racks.json")
    for length in 0..<(bytes.count - 2) {
      #expect(InventoryReader.read(Array(bytes[..<length]), path: "x").value == nil, "\(length) bytes")
    }
  }
}
