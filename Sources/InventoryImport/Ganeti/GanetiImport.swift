import EvacuationModel
import Quantities

/// An inventory from the text that Ganeti's htools read and write (`hscan`, `hbal -L -S FILE`).
public enum GanetiImport {
  /// Puts the clusters in `files` together; a file is known by its sections.
  public static func picture(
    from files: [(path: String, bytes: [UInt8])], name: String
  ) -> ImportedPicture {
    var cluster = GanetiCluster()
    for file in files.sorted(by: { $0.path < $1.path }) { cluster.read(file.path, file.bytes) }
    return cluster.picture(name: name)
  }
}
