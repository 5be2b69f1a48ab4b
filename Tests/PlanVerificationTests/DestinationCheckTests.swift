import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `A destination` {
  @Test(arguments: [HostState.disabled, .down])
  func `must take arrivals`(state: HostState) {
    let builder = PlanBuilder.small { $0.changeHost("host-3") { $0.state = state } }
    #expect(builder.verdict() == ["V401 m002", "V401 m003"])
  }

  @Test func `must not be drained itself`() {
    let builder = PlanBuilder.small {
      $0.inventory.virtualMachines.removeAll { $0.id == "web-2" }
      $0.request.drain.append("host-2")
    }
    #expect(builder.verdict() == ["V401 m001", "V401 m004"])
  }

  @Test func `must not be the source`() {
    let builder = PlanBuilder.small { $0.change("m002") { $0.destination = "host-1" } }
    #expect(builder.verdict() == ["V401 m002"])
  }

  @Test func `must be among those of the policy's rule`() {
    func rule(_ destinations: [Host.ID]) -> [String] {
      PlanBuilder.small {
        $0.policy.rules = PolicyRules([.init(match: .init(name: "web-*"), destinations: destinations)])
      }.verdict()
    }
    #expect(rule(["host-2"]) == [])
    #expect(rule(["host-3"]) == ["V401 m001"])
  }

  @Test func `must be in the guest's zone`() {
    let builder = PlanBuilder.small {
      $0.changeGuest("web-1") { $0.zone = "az1" }
      $0.changeHost("host-2") { $0.zone = "az1" }
    }
    #expect(builder.verdict() == [])
    var outside = builder
    outside.changeHost("host-2") { $0.zone = "az2" }
    #expect(outside.verdict() == ["V401 m001"])
  }
}

@Suite struct `The CPU at the destination` {
  /// web-1 moves live and gpu-1 cold, both from host-1 to host-2.
  private func verdict(
    _ model: String?, source: String? = "Icelake", destination: String?, usable: [String] = [],
    features: [String] = []
  ) -> [String] {
    PlanBuilder.small {
      for vm in ["web-1", "gpu-1"] as [VirtualMachine.ID] {
        $0.changeGuest(vm) {
          $0.cpuModel = model
          $0.cpuFeatures = features
        }
      }
      $0.changeHost("host-1") { $0.cpuModel = source }
      $0.changeHost("host-2") {
        $0.cpuModel = destination
        $0.cpuModels = usable
        $0.cpuFeatures = ["avx2"]
      }
    }.verdict()
  }

  @Test func `does not matter to a guest that asks for none`() {
    #expect(verdict(nil, destination: "Haswell") == [])
  }

  @Test func `must be the source's for host-passthrough, unless the guest boots anew`() {
    #expect(verdict("host-passthrough", destination: "Icelake") == [])
    #expect(verdict("host-passthrough", destination: "Haswell", usable: ["Icelake"]) == ["V402 m001"])
    #expect(verdict("host-passthrough", source: nil, destination: "Haswell") == [])
    #expect(verdict("host-passthrough", destination: nil) == [])
  }

  @Test func `must present the source's for host-model, unless the guest boots anew`() {
    #expect(verdict("host-model", destination: "Icelake") == [])
    #expect(verdict("host-model", destination: "Sapphire", usable: ["Icelake"]) == [])
    #expect(verdict("host-model", destination: "Haswell") == ["V402 m001"])
    #expect(verdict("host-model", source: nil, destination: "Haswell") == [])
  }

  @Test func `must present a model that is named, in every mode`() {
    #expect(verdict("Haswell", destination: "Haswell") == [])
    #expect(verdict("Haswell", destination: "Icelake", usable: ["Haswell"]) == [])
    #expect(verdict("Haswell", destination: nil) == [])
    #expect(verdict("Haswell", destination: "Icelake") == ["V402 m001", "V402 m004"])
  }

  @Test func `must have all features that the guest names, in every mode`() {
    #expect(verdict(nil, destination: nil, features: ["avx2"]) == [])
    #expect(verdict(nil, destination: nil, features: ["avx2", "vaes"]) == ["V402 m001", "V402 m004"])
  }
}
