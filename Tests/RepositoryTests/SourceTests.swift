import Testing

@Suite struct `Sources` {
  @Test func `import what the table of the architecture permits`() throws {
    let rows = Repository.tableRows(of: try Repository.text("docs/architecture.md"))
    let permitted = Dictionary(
      rows.compactMap { row in
        Repository.codeWords(of: row[0]).first.map { ($0, Set(Repository.codeWords(of: row[2]))) }
      }, uniquingKeysWith: { $0.union($1) })
    let sources = try Repository.sources()
    #expect(Set(sources.map(\.target)) == Set(permitted.keys))
    for source in sources {
      for module in source.imports {
        #expect(permitted[source.target]?.contains(module) == true, "\(source.path) imports \(module)")
      }
    }
    for (target, modules) in permitted {
      let used = Set(sources.filter { $0.target == target }.flatMap(\.imports))
      #expect(modules.subtracting(used).subtracting(declaredOnly[target] ?? []) == [], "\(target)")
    }
  }

  /// Declared in Package.swift and permitted, though nothing uses it at the moment.
  private let declaredOnly: [String: Set<String>] = [
    "EvacCommands": ["MigrationSimulation"], "PlanVerification": ["MigrationSimulation"],
  ]

  @Test func `below the commands know neither files nor threads`() throws {
    let essentials: Set = ["InventoryImport"]
    let world: Set = ["EvacCommands", "evac", "planning-benchmark", "store-stress", "EvacTestSupport"]
    for source in try Repository.sources() where !world.contains(source.target) {
      for module in source.imports where module.hasPrefix("Foundation") || module == "Dispatch" {
        #expect(
          module == "FoundationEssentials" && essentials.contains(source.target),
          "\(source.path) imports \(module)")
      }
    }
  }

  @Test func `are small`() throws {
    for source in try Repository.sources() {
      #expect(source.lines.count <= 350, "\(source.path) has \(source.lines.count) lines")
    }
  }

  @Test func `never give up on purpose`() throws {
    for source in try Repository.sources() {
      for shortcut in ["try!", "as!", "fatalError(", "precondition(", "preconditionFailure("] {
        #expect(!source.text.contains(shortcut), "\(source.path) has \(shortcut)")
      }
    }
  }

  @Test func `are read with every way to write an import`() {
    let file = Repository.SourceFile(
      path: "Sources/X/Y.swift",
      text: "import A\npublic import B\n@testable import C\nimport struct D.E\n// import F\nlet g = 1")
    #expect(file.imports == ["A", "B", "C", "D"])
    #expect(file.target == "X")
  }
}
