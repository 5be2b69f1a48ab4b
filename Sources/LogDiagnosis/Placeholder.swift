/// To be replaced.
enum Placeholder {}
