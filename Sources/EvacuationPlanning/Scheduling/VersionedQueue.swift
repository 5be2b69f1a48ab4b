/// Numbers in the order of their keys, the least first: a binary heap.
///
/// Nothing is ever taken out of the middle: whose key changes enters a second time with a higher `version`, and
/// the owner drops what is out of date when it comes up.
struct VersionedQueue: Sendable {
  struct Entry: Sendable {
    let key: Double
    let number: Int
    let version: Int

    /// Of equal keys that with the lower number comes first, so that the order is always the same.
    static func < (lhs: Self, rhs: Self) -> Bool {
      lhs.key != rhs.key ? lhs.key < rhs.key : lhs.number < rhs.number
    }
  }

  private var heap: [Entry] = []

  var first: Entry? { heap.first }

  mutating func insert(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
