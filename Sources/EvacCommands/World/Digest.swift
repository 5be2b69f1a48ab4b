import Crypto

/// What texts are recognised by.
enum Digest {
  /// SHA-256 of the bytes, in hexadecimal.
  static func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
