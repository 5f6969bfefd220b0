/// A browser and its system in two words, from what it calls itself: enough to know one's own devices by.
struct AgentName {
  let text: String

  init(_ agent: String) {
    // The order matters: Edge says it is Chrome, and Chrome that it is Safari.
    let browsers = [
      ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"),
      ("curl", "curl"),
    ]
    let systems = [
      ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
      ("CrOS", "Chromebook"), ("Linux", "Linux"),
    ]
    let browser = browsers.first { agent.contains($0.0) }?.1
    let system = systems.first { agent.contains($0.0) }?.1
    text = [browser ?? "A browser", system].compactMap { $0 }.joined(separator: " on ")
  }
}
