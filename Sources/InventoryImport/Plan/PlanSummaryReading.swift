import EvacuationModel
import Quantities

extension PlanReader {
  /// Stands for a summary that is missing, which is an error of its own.
  static let noSummary = PlanSummary(
    makespan: .zero, makespanP50: .zero, makespanP90: .zero, lowerBound: .zero, lowerBoundReason: "",
    fitsWindow: nil, live: 0, block: 0, cold: 0, bytesTransferred: .zero, totalDowntime: .zero,
    maxDowntime: .zero)

  static func summary(_ fields: Fields) -> PlanSummary {
    let makespan = fields.seconds("makespan_seconds")
    var summary = PlanSummary(
      makespan: makespan, makespanP50: fields.optionalSeconds("makespan_p50_seconds") ?? makespan,
      makespanP90: fields.optionalSeconds("makespan_p90_seconds") ?? makespan,
      lowerBound: fields.seconds("lower_bound_seconds"),
      lowerBoundReason: fields.text("lower_bound_reason"), fitsWindow: fields["fits_window"]?.bool(),
      live: fields.count("live"), block: fields.count("block"), cold: fields.count("cold"),
      bytesTransferred: fields.bytes("bytes_transferred"),
      totalDowntime: fields.seconds("total_downtime_seconds"),
      maxDowntime: fields.seconds("max_downtime_seconds"))
    summary.rolling = fields["rolling"]?.plain(rolling)
    return summary
  }

  private static func rolling(_ fields: Fields) -> RollingSummary {
    RollingSummary(
      hosts: fields.count("hosts"), mostHostsOut: fields.count("most_hosts_out"),
      meanMoves: fields["moves_per_vm_mean"]?.number() ?? 0, mostMoves: fields.count("moves_per_vm_max"),
      movesLowerBound: fields.count("moves_lower_bound"),
      movesLowerBoundReason: fields.text("moves_lower_bound_reason"))
  }
}
