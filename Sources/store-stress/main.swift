import Foundation

// store-stress EVAC [KILLS [SECONDS]]: exit status 0 if nothing was lost and nothing failed.
let arguments = CommandLine.arguments
guard arguments.count > 1 else {
  say("usage: store-stress <evac> [<kills>, 200] [<seconds>, 60]")
  exit(64)
}
let numbers = arguments.dropFirst(2).map { Int($0) ?? 0 }
let kills = numbers.first ?? 200
let seconds = numbers.dropFirst().first ?? 60
// More than will be recorded: some commands end before they are killed, and every second one plans.
let guests = kills + 10

let folder = FileManager.default.temporaryDirectory.appending(path: "store-stress-\(UUID().uuidString)").path
let command = Command(evac: URL(fileURLWithPath: arguments[1]).path, folder: folder)
do {
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  try Cluster.inventory(guests: guests).write(
    toFile: "\(folder)/stress.yaml", atomically: true, encoding: .utf8)
  try Cluster.policy.write(toFile: "\(folder)/policy.yaml", atomically: true, encoding: .utf8)
  var generator = SystemRandomNumberGenerator()
  var killing = try KillRounds(command, kills: kills, guests: guests)
  try killing.run(&generator)
  say(
    "\(killing.killed) killed, \(killing.reported) reported as saved, none missing, sound each time"
  )
  let shared = try SharedStore(
    command: command, seconds: Double(seconds), plan: killing.id, step: killing.lastStep
  ).run()
  say("\(seconds) s with 2 writers and 4 readers: \(shared.writes) writes, \(shared.reads) reads, no error")
  try FileManager.default.removeItem(atPath: folder)
} catch {
  say("VIOLATION: \(error)\nthe store is kept in \(folder)")
  exit(1)
}
