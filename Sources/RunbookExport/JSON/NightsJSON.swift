public import EvacuationModel
import Quantities

/// Several windows as a document: a plan for each night.
public enum NightsJSON {
  /// `evac.nights/1`, written as plans are. `ids` are what a store knows the plans by.
  public static func encode(_ nights: NightPlan, ids: [String]) throws -> String {
    try JSONText.write(NightsObject(nights, ids))
  }
}

private struct NightsObject: Encodable {
  let format = "evac.nights/1"
  let nights: [NightObject]
  let left: [WindowObject.LeftObject]

  init(_ plan: NightPlan, _ ids: [String]) {
    nights = zip(plan.nights, ids).map(NightObject.init)
    left = plan.left.map {
      WindowObject.LeftObject(host: $0.host.name, guests: $0.guests, reason: $0.reason)
    }
  }
}

private struct NightObject: Encodable {
  let night: Int
  let id: String
  let start: Nullable<String>
  let hosts: [String]
  let plan: PlanObject

  init(_ night: Night, id: String) {
    self.id = id
    self.night = night.number
    start = Nullable(night.plan.request.window.start?.iso8601)
    hosts = night.plan.hostsToEmpty.map(\.name)
    plan = PlanObject(night.plan)
  }
}
