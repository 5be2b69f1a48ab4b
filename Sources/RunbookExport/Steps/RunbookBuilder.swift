public import EvacuationModel
import Quantities

/// Turns a plan into what an operator does. Needs nothing but the plan.
public enum RunbookBuilder {
  /// How old the inventory may be: guests come and go within a day on most clusters, and a plan for other
  /// guests than those present leaves some behind.
  public static let ageLimit = Duration.seconds(86400)

  /// The runbook for `plan`: check, then for each wave close, move batch by batch, verify, maintain and open
  /// again, all by the clock where hosts follow each other; then the way back, and what to do when something hangs.
  public static func runbook(for plan: EvacuationPlan) -> Runbook {
    let commands = plan.platform.commands
    let waves = Set(plan.waves.map(\.number))
    // A plan from a file may not list every wave; a migration must never be missing from its runbook.
    let stray = plan.steps.filter { !waves.contains($0.wave) }
    return Runbook(
      header: RunbookHeader(plan: plan, ageLimit: ageLimit), staying: plan.unplaced,
      findings: plan.findings.filter { $0.severity != .note },
      sections: [PreCheckSection.section(plan, commands)]
        + (plan.request.rolling == nil
          ? plan.waves.flatMap { WaveSections.sections(of: $0, plan, commands) }
            + BatchSection.sections(of: stray, plan, commands)
          : RollingSections.sections(plan, commands)) + [WayBackSection.section(plan), stuck(commands)])
  }

  private static func stuck(_ commands: any PlatformCommands) -> RunbookSection {
    RunbookSection(
      kind: .whenStuck, title: "When something is stuck",
      remarks: [
        "For one guest, in this order. Start no further batch meanwhile.",
        "Words in capitals are values that you fill in.",
      ], steps: commands.recovery())
  }
}
