import EvacTestSupport
import EvacuationModel
import Testing

@Suite struct `CPU feature rule` {
  /// From a host with an Icelake to one with `target`, which can present `usable` as well.
  private func answer(
    _ model: String?, to target: String?, usable: [String] = [], features: [String] = [],
    state: PowerState = .running
  ) -> String {
    PlanQuestion.pair(
      vm: .small("vm", on: "host-1", state: state, cpuModel: model, cpuFeatures: features),
      from: .small("host-1", cpuModel: "Icelake"),
      to: .small("host-2", cpuModel: target, cpuModels: usable, cpuFeatures: ["aes", "avx2"])
    ).answer()
  }

  @Test func `a named model must be presented by the destination`() {
    #expect(answer("Haswell", to: "Haswell") == "goes")
    #expect(answer("Haswell", to: "Icelake", usable: ["Haswell"]) == "goes")
    #expect(answer("Haswell", to: "Icelake") == "cpu_model: cannot present CPU model Haswell")
    #expect(answer("Haswell", to: nil) == "goes")
  }

  @Test func `host-model takes along the source's model`() {
    #expect(answer("host-model", to: "Icelake") == "goes")
    #expect(answer("host-model", to: "Sapphire", usable: ["Icelake"]) == "goes")
    #expect(
      answer("host-model", to: "Haswell") == "cpu_model: cannot present CPU model Icelake (host-model)")
  }

  @Test func `host-passthrough needs the very same model`() {
    #expect(answer("host-passthrough", to: "Icelake") == "goes")
    #expect(
      answer("host-passthrough", to: "Sapphire", usable: ["Icelake"])
        == "cpu_model: cannot present CPU model Icelake (host-passthrough)")
    #expect(answer("host-passthrough", to: nil) == "goes")
  }

  @Test func `a stopped guest takes whatever the host has, unless it names a model`() {
    #expect(answer("host-passthrough", to: "Haswell", state: .stopped) == "goes")
    #expect(
      answer("Icelake", to: "Haswell", state: .stopped) == "cpu_model: cannot present CPU model Icelake")
  }

  @Test func `all features that the guest asks for must be there`() {
    #expect(answer(nil, to: nil, features: ["avx2", "aes"]) == "goes")
    #expect(
      answer(nil, to: nil, features: ["vaes", "avx2", "avx512f"])
        == "cpu_features: lacks CPU features avx512f, vaes")
  }
}
