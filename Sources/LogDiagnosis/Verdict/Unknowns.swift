import EvacuationModel
import Quantities

/// What a log does not tell, so that nobody reads it into the figures.
enum Unknowns {
  static func of(_ series: ProgressSeries, firstPass: FirstPassEstimate, dirty: DirtyRateEstimate) -> [String]
  {
    var unknowns: [String] = []
    if !series.preCopy.contains(where: { $0.remaining != nil }) {
      unknowns.append(
        "what remained after each pass: this release of the platform does not log it, so neither the first "
          + "pass nor the dirty rate can be taken from it")
    } else if firstPass.length == nil {
      unknowns.append("the length of the first pass: no look fell into it")
    }
    if firstPass.zeroShare == nil { unknowns.append("the share of zero pages") }
    if let rate = dirty.rates.first, rate.isFloor {
      unknowns.append(
        "how much more than that the guest dirties: a look far from the others shows only what had not been sent yet"
      )
    } else if dirty.rates.count == 1 {
      unknowns.append("how the dirty rate depends on the period: only one was seen")
    }
    if series.samples.contains(where: { $0.throttle > 0 }), dirty.rates.isEmpty {
      unknowns.append("what the guest dirties when it is not slowed down")
    }
    if series.usesXBZRLE {
      unknowns.append("the guest data behind the bytes sent: XBZRLE encodes pages sent before")
    }
    return unknowns
  }
}
