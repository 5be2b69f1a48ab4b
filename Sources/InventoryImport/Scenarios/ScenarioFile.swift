public import EvacuationModel

/// Reads lists of scenarios, YAML or JSON.
public enum ScenarioFile {
  /// Reads `evac.scenarios/1`: named lists of changes, in the order of the file. `path` is what findings call it.
  public static func read(_ bytes: [UInt8], path: String) -> Reading<[Scenario]> {
    let places = SourceReader.read(bytes, path: path) { root in scenarios(root, places: nil) }
    // Values are read later, in another document, and their findings come back to this one.
    guard places.value != nil, let document = try? SourceText.document(bytes) else { return places }
    var walk = PlaceWalk(document)
    let placeOfNode = document.nodes.indices.map { walk.place(of: $0) }
    return SourceReader.read(document, path: path) { root in scenarios(root, places: placeOfNode) }
  }

  private static func scenarios(_ root: SourceValue, places: [String]?) -> [Scenario]? {
    guard FileFormat.scenarios.isFormat(of: root) else { return nil }
    return root.mapping { fields in
      _ = fields["format"]
      _ = fields["name"]?.name()
      var names: Set<String> = []
      let list = fields.required("scenarios", example: "[…]")?.list() ?? []
      return list.compactMap { value in
        value.mapping { scenario($0, places) }.map { scenario in
          if !names.insert(scenario.name).inserted {
            value.report(
              .duplicateName, "two scenarios are named \(quoted(scenario.name))", help: "name them apart")
          }
          return scenario
        }
      }
    }
  }

  private static func scenario(_ fields: Fields, _ places: [String]?) -> Scenario {
    let name = fields.required("name", example: "four at once")?.name() ?? ""
    func change(_ kind: ScenarioChange.Kind, at value: SourceValue) -> ScenarioChange {
      ScenarioChange(kind, path: value.reader.path, place: places.map { $0[value.node] } ?? "")
    }
    var changes: [ScenarioChange] = fields.list("add_hosts").compactMap { value in
      value.mapping { host -> ScenarioChange? in
        let like = host.required("like", example: "compute-01")?.name()
        let name = host.required("name", example: "compute-99")?.name()
        guard let like, let name else { return nil }
        return change(.addedHost(.init(name), like: .init(like)), at: value)
      } ?? nil
    }
    changes += fields.list("without_hosts").compactMap { value in
      value.name().map { change(.missingHost(.init($0)), at: value) }
    }
    if let times = fields["scale_dirty_rate"], let number = times.number() {
      if number > 0, number <= ScenarioReader.mostTimes {
        changes.append(change(.dirtyRate(times: number), at: times))
      } else {
        times.report(
          .badQuantity, "\(shown(times.text)) is out of range",
          help: "write how many times as fast guests write, such as 2")
      }
    }
    if let values = fields["changes"] { changes += settings(values, change) }
    return Scenario(name: name, changes: changes)
  }

  /// Any key of policy or inventory may stand here: whether it exists turns out when the change is made.
  private static func settings(
    _ value: SourceValue, _ change: (ScenarioChange.Kind, SourceValue) -> ScenarioChange
  ) -> [ScenarioChange] {
    guard value.kind == .mapping else {
      value.reportKind(wanted: "a mapping", help: "write `changes: { precopy.post_copy: true }`")
      return []
    }
    return value.reader.document.keys(value.node).map { key in
      let setting = SourceValue(reader: value.reader, node: key + 1)
      return change(
        .setting(key: value.reader.document.string(key), value: FlowText.of(setting)), setting)
    }
  }
}
