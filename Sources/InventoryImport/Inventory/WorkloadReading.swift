import EvacuationModel
import Quantities

extension InventoryReader {
  static func workload(_ fields: Fields) -> MemoryActivity {
    MemoryActivity(
      intensity: fields["write_intensity"]?.choice(), dirtyRates: dirtyRates(fields["dirty_rate"]),
      writeRate: fields["write_rate"]?.quantity(), workingSet: fields["working_set"]?.quantity(),
      cpuUse: fields["cpu_use"]?.share())
  }

  /// A list of measurements, one measurement, or a bare rate: `310 MiB/s` is over one second.
  private static func dirtyRates(_ value: SourceValue?) -> [DirtyRateMeasurement] {
    guard let value else { return [] }
    let entries = value.kind == .sequence ? value.list() : [value]
    return entries.compactMap { entry in
      guard entry.kind == .mapping else { return entry.quantity().map { DirtyRateMeasurement(rate: $0) } }
      return entry.mapping { fields in
        let rate: DataRate = fields.required("rate", example: "310 MiB/s")?.quantity() ?? .zero
        return DirtyRateMeasurement(rate: rate, period: fields["over"]?.positive() ?? .seconds(1))
      }
    }
  }
}
