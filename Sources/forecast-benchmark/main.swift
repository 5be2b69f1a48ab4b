import EvacuationModel
import MigrationSimulation
import Quantities

/// Seconds that one forecast takes, and its passes: repeated until a third of a second is over.
func measure(_ guest: Guest) -> (seconds: Double, passes: Int) {
  let forecaster = guest.forecaster
  let clock = ContinuousClock()
  let start = clock.now
  var count = 0
  var passes = 0
  while clock.now - start < .milliseconds(300) {
    for _ in 0..<20 { passes = guest.forecast(forecaster) }
    count += 20
  }
  return ((clock.now - start).seconds / Double(count), passes)
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
let clock = ContinuousClock()
var passes = 0
let time = clock.measure {
  for guest in guests {
    passes += guest.forecast(forecaster)
  }
}
print(
  "100,000 mixed guests with bands: \(time.seconds.text(places: 2)) s on one core, "
    + "\((time.seconds * 10).text(places: 1)) µs each")
