/// The name of one thing of a kind, unique in an inventory. `Host.ID` and `VirtualMachine.ID` are
/// different types, so that one cannot stand where the other belongs.
public struct Identifier<Subject>: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name as the inventory has it; it may hold any character.
  public let name: String

  /// The identifier for `name`.
  public init(_ name: String) {
    self.name = name
  }

  /// The smaller one comes first.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.name < rhs.name }

  /// The bare name.
  public var description: String { name }
}
