import Foundation

// store-stress EVAC [ROUNDS [SECONDS [GUESTS]]]: exit status 0 if nothing was lost and nothing failed.
let arguments = CommandLine.arguments
guard arguments.count > 1 else {
  print("usage: store-stress <evac> [<rounds>, 200] [<seconds>, 60] [<guests>, 400]")
  exit(64)
}
let numbers = arguments.dropFirst(2).map { Int($0) ?? 0 }
let rounds = numbers.first ?? 200
let seconds = numbers.dropFirst().first ?? 60
let guests = numbers.dropFirst(2).first ?? 400

let folder = FileManager.default.temporaryDirectory.appending(path: "store-stress-\(UUID().uuidString)").path
let command = Command(evac: URL(fileURLWithPath: arguments[1]).path, folder: folder)
do {
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  try Cluster.inventory(guests: guests).write(
    toFile: "\(folder)/stress.yaml", atomically: true, encoding: .utf8)
  try Cluster.policy.write(toFile: "\(folder)/policy.yaml", atomically: true, encoding: .utf8)
  var generator = SystemRandomNumberGenerator()
  var killing = try KillRounds(command, rounds: rounds, guests: guests)
  try killing.run(&generator)
  print(
    "\(rounds) rounds, \(killing.killed) killed, \(killing.reported) reported as saved, none missing, sound each time"
  )
  let shared = try SharedStore(command: command, seconds: Double(seconds), step: killing.lastStep).run()
  print("\(seconds) s with 2 writers and 4 readers: \(shared.writes) writes, \(shared.reads) reads, no error")
  try FileManager.default.removeItem(atPath: folder)
} catch {
  print("VIOLATION: \(error)\nthe store is kept in \(folder)")
  exit(1)
}
