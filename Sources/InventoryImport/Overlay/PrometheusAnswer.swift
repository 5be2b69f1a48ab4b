import EvacuationModel
import Quantities

/// What Prometheus answered (`/api/v1/query`, `/api/v1/query_range`), or what an exporter shows as text.
struct PrometheusAnswer {
  /// One series: its labels, and what it was when.
  struct Series {
    let labels: [String: String]
    var values: [(time: Double, value: Double)]

    var name: String { labels["__name__"] ?? "" }
  }

  let series: [Series]

  /// `nil` if the text is neither.
  init?(_ bytes: [UInt8], text: String) {
    if let value = JSONValue(parsing: bytes) {
      guard let series = Self.series(in: value) else { return nil }
      self.series = series
    } else if text.hasPrefix("# HELP ") || text.hasPrefix("# TYPE ") || text.contains("\n# TYPE ") {
      series = Self.exposition(text)
    } else {
      return nil
    }
  }

  /// The answer of the API, with or without its envelope, or several in a list.
  private static func series(in value: JSONValue) -> [Series]? {
    if let elements = value.elements {
      let all = elements.compactMap { series(in: $0) }
      return all.isEmpty || all.count < elements.count ? nil : all.flatMap(\.self)
    }
    let data = value.first(["data"]) ?? value
    guard let results = data.first(["result"])?.elements, data.has("resultType") || value.has("status") else {
      return value.has("metric") && value.has("value", "values") ? [one(value)].compactMap(\.self) : nil
    }
    return results.compactMap(one)
  }

  private static func one(_ result: JSONValue) -> Series? {
    guard case .object(let metric)? = result.first(["metric"]) else { return nil }
    let pairs = result.first(["values"])?.elements ?? [result.first(["value"])].compactMap(\.self)
    let values = pairs.compactMap { pair -> (time: Double, value: Double)? in
      guard let pair = pair.elements, pair.count == 2, let time = pair[0].number, let value = pair[1].number
      else {
        return nil
      }
      return (time, value)
    }
    return Series(labels: metric.compactMapValues(\.text), values: values.sorted { $0.time < $1.time })
  }

  /// `name{label="value",…} 1.5e+08` lines.
  private static func exposition(_ text: String) -> [Series] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      guard !line.hasPrefix("#"), let space = line.lastIndex(of: " "),
        let value = Double(line[line.index(after: space)...]), value.isFinite
      else { return nil }
      let head = line[..<space]
      var labels = ["__name__": String(head.prefix { $0 != "{" })]
      var rest = head.drop { $0 != "{" }.dropFirst()
      while let equals = rest.firstIndex(of: "=") {
        let key = rest[..<equals].trimming { $0 == "," || $0 == " " }
        rest = rest[rest.index(after: equals)...].dropFirst()
        var cell = ""
        while let character = rest.first, character != "\"" {
          rest = rest.dropFirst()
          if character == "\\", let next = rest.first {
            cell.append(next == "n" ? "\n" : next)
            rest = rest.dropFirst()
          } else {
            cell.append(character)
          }
        }
        labels[key] = cell
        rest = rest.dropFirst()
      }
      return Series(labels: labels, values: [(0, value)])
    }
  }
}
