import EvacuationModel

extension SourceValue {
  /// A release of `platform`: a name or a number, with or without quotes.
  func release(of platform: Platform) -> PlatformRelease? {
    guard kind == .string || kind == .number else {
      reportKind(wanted: "a release", help: "write it as in `platform_version: newton`")
      return nil
    }
    if let release = PlatformRelease(text, of: platform) { return release }
    let known = PlatformRelease.known(of: platform)
    guard !known.isEmpty else {
      report(
        .badChoice, "no releases of \(platform.rawValue) are known that differ in their migrations",
        help: "remove `platform_version`")
      return nil
    }
    let nearest = Suggestion.nearest(to: text, among: known).map { "did you mean `\($0)`? " } ?? ""
    report(
      .badChoice, "\(quoted(shown(text))) is not a release of \(platform.rawValue) that is known",
      help: "\(nearest)known are \(known.joined(separator: ", ")); leave it out for today's")
    return nil
  }
}
