// swift-tools-version: 6.2
import PackageDescription

/// Strict for our own targets only; warnings of other packages are theirs.
let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(
  _ name: String, _ own: [Target.Dependency] = [], _ others: [Target.Dependency] = []
) -> Target {
  .target(name: name, dependencies: own + others, swiftSettings: settings)
}

func tests(
  _ subject: String, _ own: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(subject)Tests", dependencies: [.target(name: subject)] + own, resources: resources,
    swiftSettings: settings)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let swiftCSV = Target.Dependency.product(name: "SwiftCSV", package: "SwiftCSV")

let package = Package(
  name: "evacuation-planner",
  products: [.executable(name: "evac", targets: ["evac"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    library("Quantities"),
    library("EvacuationModel", ["Quantities"]),
    library("MigrationSimulation", ["Quantities", "EvacuationModel"]),
    library("EvacuationPlanning", ["Quantities", "EvacuationModel", "MigrationSimulation"]),
    library("PlanVerification", ["Quantities", "EvacuationModel", "MigrationSimulation"]),
    library("WhatIf", ["EvacuationModel", "EvacuationPlanning", "PlanVerification"]),
    library("Backtesting", ["Quantities", "EvacuationModel", "MigrationSimulation"], [swiftCSV]),
    library("LogDiagnosis", ["Quantities", "EvacuationModel", "MigrationSimulation"]),
    library("InventoryImport", ["Quantities", "EvacuationModel"], [yams, swiftCSV]),
    .target(
      name: "RunbookExport", dependencies: ["Quantities", "EvacuationModel", "Backtesting", mustache],
      resources: [.embedInCode("Shell/Runtime")], swiftSettings: settings),
    library("PlanStore", ["Quantities", "EvacuationModel"], [grdb]),
    library(
      "EvacCommands",
      [
        "Quantities", "EvacuationModel", "MigrationSimulation", "EvacuationPlanning",
        "PlanVerification", "WhatIf", "Backtesting", "LogDiagnosis", "InventoryImport", "RunbookExport",
        "PlanStore",
      ], [argumentParser, crypto]),
    .executableTarget(name: "evac", dependencies: ["EvacCommands", argumentParser], swiftSettings: settings),
    .executableTarget(
      name: "forecast-benchmark", dependencies: ["Quantities", "EvacuationModel", "MigrationSimulation"],
      swiftSettings: settings),
    .executableTarget(
      name: "planning-benchmark",
      dependencies: [
        "Quantities", "EvacuationModel", "EvacuationPlanning", "PlanVerification", "InventoryImport",
        "RunbookExport",
      ], swiftSettings: settings),
    .executableTarget(name: "store-stress", swiftSettings: settings),
    library("EvacTestSupport", ["Quantities", "EvacuationModel"]),

    tests("Quantities"),
    tests("EvacuationModel", ["Quantities", "EvacTestSupport"]),
    tests(
      "MigrationSimulation", ["Quantities", "EvacuationModel", "EvacTestSupport"],
      resources: [.copy("Fixtures")]),
    tests(
      "EvacuationPlanning",
      ["Quantities", "EvacuationModel", "MigrationSimulation", "PlanVerification", "EvacTestSupport"]),
    tests("PlanVerification", ["Quantities", "EvacuationModel", "EvacTestSupport"]),
    tests(
      "WhatIf",
      ["Quantities", "EvacuationModel", "EvacuationPlanning", "PlanVerification", "EvacTestSupport"]),
    tests(
      "Backtesting", ["Quantities", "EvacuationModel", "MigrationSimulation"],
      resources: [.copy("Fixtures")]),
    tests(
      "LogDiagnosis", ["Quantities", "EvacuationModel", "MigrationSimulation"],
      resources: [.copy("Fixtures")]),
    tests("InventoryImport", ["Quantities", "EvacuationModel"], resources: [.copy("Fixtures")]),
    tests(
      "RunbookExport", ["Quantities", "EvacuationModel", "EvacTestSupport", yams],
      resources: [.copy("Fixtures")]),
    tests("PlanStore", ["Quantities", "EvacuationModel", "EvacTestSupport", grdb]),
    tests(
      "EvacCommands",
      [
        "Quantities", "EvacuationModel", "InventoryImport", "RunbookExport", "PlanStore", "EvacTestSupport",
        argumentParser,
      ]),
    .testTarget(
      name: "TranscriptTests", dependencies: ["evac", "EvacTestSupport"],
      exclude: ["Transcripts", "Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "RepositoryTests", dependencies: ["evac", "EvacuationModel", "EvacTestSupport"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
