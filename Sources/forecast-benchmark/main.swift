import EvacuationModel
import Glibc
import MigrationSimulation
import Quantities

/// Seconds of one core so far, whatever else the machine does.
func coreSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

/// Seconds that one forecast takes, and its passes: repeated for a third of a second.
func measure(_ guest: Guest) -> (seconds: Double, passes: Int) {
  let forecaster = guest.forecaster
  let start = coreSeconds()
  var count = 0
  var passes = 0
  while coreSeconds() - start < 0.3 {
    for _ in 0..<20 { passes = guest.forecast(forecaster) }
    count += 20
  }
  return ((coreSeconds() - start) / Double(count), passes)
}

func padded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

func row(_ name: String, _ cells: [String]) {
  print(
    name + String(repeating: " ", count: max(0, 17 - name.count))
      + cells.map { padded($0, 12) }.joined())
}

func table(_ guests: [Guest], relativeTo reference: Double) {
  for guest in guests {
    let (seconds, passes) = measure(guest)
    row(
      guest.name,
      [
        "\(passes)", (seconds * 1e6).text(places: 1), "\(Int((1 / seconds).rounded()))",
        (seconds / reference).text(places: 1),
      ])
  }
}

let reference = measure(Guest.kinds[2]).seconds
row("guest", ["passes", "µs", "per second", "× converging"])
table(Guest.kinds, relativeTo: reference)
print("")
row("900 MB, 114 MB/s", ["passes", "µs", "per second", "× converging"])
table(Guest.growing, relativeTo: reference)
print("")

let guests = Guest.mixed(100_000)
let forecaster = Guest.kinds[0].forecaster
let start = coreSeconds()
_ = guests.reduce(0) { $0 + $1.forecast(forecaster) }
let seconds = coreSeconds() - start
print(
  "100,000 mixed guests with bands: \(seconds.text(places: 2)) s of one core, "
    + "\((seconds * 10).text(places: 1)) µs each")
