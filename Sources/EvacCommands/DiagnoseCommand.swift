import ArgumentParser
import EvacuationModel
import LogDiagnosis
import RunbookExport

/// `evac diagnose`.
struct Diagnose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read the log of a migration under way or over: what it did, whether it ends, what would help.",
    discussion: """
      Logs are known by their content: nova-compute's log of any release, outputs of virsh domjobinfo taken again \
      and again, answers of QMP query-migrate or the monitor's info migrate, task logs of Proxmox VE. One file may \
      hold several migrations, and of several kinds.

      Example: virsh domjobinfo db-01 >> db-01.log every few seconds, then evac diagnose db-01.log
      """)

  @Argument(help: "The logs; - for standard input.")
  var logs: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("Only this guest, as the log names it; repeat for several.", valueName: "name"))
  var vm: [String] = []

  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let (found, findings) = try readLogs()
      let chosen = try chosen(from: found)
      Console.remark(findings)
      let diagnoses = await Progress.during("Diagnosing") { chosen.map { LogDiagnoser.diagnosis(of: $0) } }
      if json.json {
        try Console.result(DiagnosisJSON.encode(diagnoses, findings: findings))
      } else {
        try Console.result(DiagnosisView(diagnoses: diagnoses, paint: .standardOutput).text)
      }
    }
  }

  /// Every log, and everything that is wrong with any of them in one go.
  private func readLogs() throws(Refusal) -> ([ProgressSeries], [Finding]) {
    var series: [ProgressSeries] = []
    var findings: [Finding] = []
    for path in logs {
      do throws(Refusal) {
        let file = try InputFile(path)
        let reading = LogReader.read(file.bytes, path: file.path)
        series += reading.series
        findings += reading.findings
      } catch {
        findings += error.findings
      }
    }
    if findings.contains(where: { $0.severity == .error }) { throw Refusal(findings: findings) }
    return (series, findings)
  }

  private func chosen(from series: [ProgressSeries]) throws(Refusal) -> [ProgressSeries] {
    guard !vm.isEmpty else { return series }
    let known = series.compactMap(\.vm).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let findings = vm.filter { !known.contains($0) }.map { name in
      Finding(
        .unknownVirtualMachine, path: "--vm", place: name, message: "no migration of it in these logs",
        help: known.isEmpty
          ? "these logs name no guests; leave --vm out" : Suggestion.help(for: name, among: known))
    }
    guard findings.isEmpty else { throw Refusal(findings: findings) }
    return series.filter { series in series.vm.map(vm.contains) ?? false }
  }
}
