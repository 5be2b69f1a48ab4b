import Quantities

/// One `Domain: 'name'` block of `virsh domstats`.
struct LibvirtStatistics {
  let domain: String
  private(set) var values: [String: String] = [:]
  /// When the file was written, in seconds of some clock; `nil` if it does not say.
  var collectedAt: Double?

  init(domain: String) { self.domain = domain }

  /// All blocks of a file. The name stands in quotes and may hold quotes itself.
  static func blocks(_ text: String) -> [Self] {
    var blocks: [Self] = []
    var collectedAt: Double?
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("Domain: ") {
        var name = line.dropFirst("Domain: ".count)
        if name.hasPrefix("'"), name.hasSuffix("'"), name.count > 1 { name = name.dropFirst().dropLast() }
        blocks.append(Self(domain: String(name)))
        blocks[blocks.count - 1].collectedAt = collectedAt
      } else if line.hasPrefix("# collected_at "), let seconds = Double(line.dropFirst(15)) {
        collectedAt = seconds
      } else if let equals = line.firstIndex(of: "="), !blocks.isEmpty {
        let key = line[..<equals].trimming { $0.isWhitespace }
        blocks[blocks.count - 1].values[key] = String(line[line.index(after: equals)...])
      }
    }
    return blocks
  }

  func number(_ key: String) -> Double? {
    values[key].flatMap(Double.init).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }

  /// An amount in units of `unit` bytes.
  func amount(_ key: String, unit: Double = 1) -> ByteCount? {
    number(key).flatMap { $0 * unit <= 0x1p60 ? ByteCount(rounding: $0 * unit) : nil }
  }

  /// The block devices by their target's name.
  var blocks: [String: BlockStatistics] {
    var blocks: [String: BlockStatistics] = [:]
    for (key, name) in values.sorted(by: { $0.key < $1.key }) where key.hasPrefix("block.") {
      let parts = key.split(separator: ".")
      guard parts.count == 3, parts[2] == "name", blocks[name] == nil else { continue }
      let prefix = "block.\(parts[1])"
      blocks[name] = BlockStatistics(
        written: number("\(prefix).wr.bytes"), allocation: amount("\(prefix).allocation"),
        capacity: amount("\(prefix).capacity"), physical: amount("\(prefix).physical"))
    }
    return blocks
  }

  struct BlockStatistics {
    let written: Double?
    let allocation: ByteCount?
    let capacity: ByteCount?
    let physical: ByteCount?
  }

  /// The latest finished measurement of `domdirtyrate-calc`: `calc_status` 2 is libvirt's
  /// VIR_DOMAIN_DIRTYRATE_MEASURED, the rate is in MiB/s, and the period in seconds.
  var dirtyRate: (rate: DataRate, seconds: Double, mode: String)? {
    guard number("dirtyrate.calc_status") == 2, let seconds = number("dirtyrate.calc_period"),
      (1e-3...86_400).contains(seconds), let rate = number("dirtyrate.megabytes_per_second"), rate < 1e9
    else { return nil }
    return (.mebibytesPerSecond(rate), seconds, values["dirtyrate.calc_mode"] ?? "page-sampling")
  }
}
