import Foundation
import Quantities

// What a plan costs, for clusters from 40 to 5,000 hosts: stage by stage in this process, and as a whole process
// beside Python's `json.load` of the same inventory. Run it in release; `--quick` leaves the large ones out.

let arguments = CommandLine.arguments.dropFirst()
guard arguments.allSatisfy({ $0 == "--quick" }) else {
  print("usage: planning-benchmark [--quick]")
  exit(64)
}
let isQuick = !arguments.isEmpty
var shapes = [
  ClusterText.Shape(name: "40", hosts: 40, drained: 2),
  ClusterText.Shape(name: "160, a rack of 40", hosts: 160, drained: 40, isRack: true),
  ClusterText.Shape(name: "160, free links", hosts: 160, drained: 8, isPrescribed: false),
]
if !isQuick {
  shapes += [
    ClusterText.Shape(name: "500", hosts: 500, drained: 25),
    ClusterText.Shape(name: "1000", hosts: 1_000, drained: 50),
    ClusterText.Shape(name: "1000, free links", hosts: 1_000, drained: 50, isPrescribed: false),
    ClusterText.Shape(name: "5000", hosts: 5_000, drained: 250),
  ]
}

let folder = FileManager.default.temporaryDirectory
  .appendingPathComponent("evac-planning-benchmark-\(ProcessInfo.processInfo.processIdentifier)").path
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

var table = ResultTable()
for shape in shapes {
  guard let result = try Measurement(ClusterText(shape), in: folder, repeats: 3) else {
    print("\(shape.name): the generated files cannot be read")
    exit(1)
  }
  table.add(result)
}
table.printGrowth()
