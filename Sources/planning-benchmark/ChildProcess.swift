import Glibc

/// What another program took.
struct ChildProcess {
  let status: Int32
  /// Seconds of one core, its own and the system's for it.
  let coreSeconds: Double
  let seconds: Double
  let peakMebibytes: Double

  /// Runs the program at `arguments[0]`, found in the path, to its end; its output goes to the file `output`.
  /// `nil` if it cannot be started.
  init?(_ arguments: [String], output: String) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    var child: pid_t = 0
    let start = now(CLOCK_MONOTONIC)
    guard posix_spawnp(&child, arguments[0], &actions, nil, &texts, environ) == 0 else { return nil }
    var ended: Int32 = 0
    var use = rusage()
    guard wait4(child, &ended, 0, &use) == child else { return nil }
    status = ended
    seconds = now(CLOCK_MONOTONIC) - start
    coreSeconds = Self.seconds(use.ru_utime) + Self.seconds(use.ru_stime)
    peakMebibytes = Double(use.ru_maxrss) / 1024
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

/// Seconds on a clock.
func now(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Seconds of one core that this process has taken so far, whatever else the machine does.
func coreSeconds() -> Double { now(CLOCK_PROCESS_CPUTIME_ID) }
