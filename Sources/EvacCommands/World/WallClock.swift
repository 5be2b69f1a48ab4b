import EvacuationModel
import Foundation
import InventoryImport
import Quantities

/// The only place that knows what time it is.
enum WallClock {
  /// Now, in UTC; for rehearsals and tests the moment in the environment's `EVAC_NOW`.
  static var now: Instant {
    if let text = ProcessInfo.processInfo.environment["EVAC_NOW"], let moment = Instant(iso8601: text) {
      return moment
    }
    return Instant(secondsSince1970: Date().timeIntervalSince1970)
  }
}
