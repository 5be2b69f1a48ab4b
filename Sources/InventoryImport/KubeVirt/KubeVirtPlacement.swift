import EvacuationModel

/// Where the scheduler lets an instance go: node selectors and affinities.
struct KubeVirtPlacement {
  private let nodes: KubeVirtNodes
  private let instances: [(id: VirtualMachine.ID, object: KubernetesObject)]
  private(set) var groups: [PlacementGroup] = []

  init(_ instances: [(id: VirtualMachine.ID, object: KubernetesObject)], nodes: KubeVirtNodes) {
    self.nodes = nodes
    self.instances = instances
    for (id, object) in instances {
      addGroups(of: object, id, "podAffinity", .affinity)
      addGroups(of: object, id, "podAntiAffinity", .antiAffinity)
    }
    groups.sort { $0.id < $1.id }
  }

  /// The nodes that node selector and required node affinity of `instance` permit; `nil`: all of them.
  func permitted(_ instance: KubernetesObject) -> [Host.ID]? {
    let selector = LabelSelector(labels: instance.value.first(["spec"])?.pairs("nodeSelector") ?? [:])
    let required = instance.at("spec", "affinity", "nodeAffinity")?
      .first(["requiredDuringSchedulingIgnoredDuringExecution"])
    let terms = required?.first(["nodeSelectorTerms"])?.elements ?? []
    let permitted = nodes.hosts.map(\.id).filter { host in
      let labels = nodes.labels[host] ?? [:]
      // Terms are alternatives; `matchFields` knows only the node's name.
      return selector.matches(labels)
        && (terms.isEmpty
          || terms.contains { term in
            let fields = LabelSelector(
              .object(["matchExpressions": term.first(["matchFields"]) ?? .array([])]))
            return LabelSelector(term)?.matches(labels) == true && fields?.matches(labels) == true
          })
    }
    return permitted.count == nodes.hosts.count ? nil : permitted
  }

  private mutating func addGroups(
    of object: KubernetesObject, _ id: VirtualMachine.ID, _ key: String, _ relation: PlacementGroup.Relation
  ) {
    guard let affinity = object.at("spec", "affinity", key) else { return }
    for term in affinity.first(["requiredDuringSchedulingIgnoredDuringExecution"])?.elements ?? [] {
      addGroup(term, object, id, relation, .hard)
    }
    for entry in affinity.first(["preferredDuringSchedulingIgnoredDuringExecution"])?.elements ?? [] {
      if let term = entry.first(["podAffinityTerm"]) { addGroup(term, object, id, relation, .soft) }
    }
  }

  private mutating func addGroup(
    _ term: JSONValue, _ object: KubernetesObject, _ id: VirtualMachine.ID,
    _ relation: PlacementGroup.Relation, _ strictness: PlacementGroup.Strictness
  ) {
    guard let selector = LabelSelector(term.first(["labelSelector"])),
      let scope = Self.scope(term.text("topologyKey") ?? "")
    else { return }
    let spaces = Set(term.texts("namespaces") ?? [object.namespace])
    let alike = instances.filter {
      spaces.contains($0.object.namespace) && selector.matches($0.object.labels)
    }
    .map(\.id)
    let others = alike.filter { $0 != id }
    guard !others.isEmpty else { return }
    let prefix = relation == .affinity ? "with" : "apart from"
    if alike.contains(id) || relation == .affinity {
      append(Set(others + [id]).sorted(), named: "\(prefix) \(alike[0])", relation, strictness, scope)
    } else {
      // It avoids the others, who do not avoid each other.
      for other in others {
        append([id, other].sorted(), named: "\(id) \(prefix) \(other)", relation, strictness, scope)
      }
    }
  }

  private mutating func append(
    _ members: [VirtualMachine.ID], named name: String, _ relation: PlacementGroup.Relation,
    _ strictness: PlacementGroup.Strictness, _ scope: PlacementGroup.Scope
  ) {
    let isKnown = groups.contains {
      $0.members == members && $0.relation == relation && $0.scope == scope && $0.strictness == strictness
    }
    guard !isKnown else { return }
    let taken = Set(groups.map(\.id.name))
    let id =
      taken.contains(name) ? (2...).lazy.map { "\(name) \($0)" }.first { !taken.contains($0) } ?? name : name
    groups.append(
      PlacementGroup(
        id: PlacementGroup.ID(id), relation: relation, strictness: strictness, scope: scope, members: members)
    )
  }

  private static func scope(_ topology: String) -> PlacementGroup.Scope? {
    switch topology {
    case "kubernetes.io/hostname": .host
    case "topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone": .zone
    case _ where topology.hasSuffix("/rack"): .rack
    default: nil
    }
  }
}
