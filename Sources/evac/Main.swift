import ArgumentParser
import EvacCommands

@main
struct Main {
  static func main() async {
    await Evac.main()
  }
}
