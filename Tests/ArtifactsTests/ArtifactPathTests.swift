import Artifacts
import TestSupport
import Testing

@Suite struct ArtifactPathTests {
  @Test(arguments: [
    ("example.jp", "example.jp"), ("EXAMPLE.jp", "example.jp"),
    ("xn--eckwd4c7c.jp", "xn--eckwd4c7c.jp"),
    ("..", "_2e."), ("../../etc", "_2e._2f.._2fetc"), ("a/b", "a_2fb"), ("-rf", "_2drf"),
    ("", "_"), ("con", "_con"), ("COM1.jp", "_com1.jp"), ("console.jp", "console.jp"),
    ("日", "_e6_97_a5"), ("a\u{0}\n", "a_00_0a"), ("_dmarc.a.jp", "_dmarc.a.jp"),
  ])
  func namesAreEscaped(name: String, expected: String) {
    let path: ArtifactPath = "2-dns/\(name: name).zone"
    #expect(path.description == "2-dns/" + expected + ".zone")
  }

  @Test func pathsStayBelow() {
    let path: ArtifactPath = "/a/../b//./c-\(1)"
    #expect(path.components == ["a", "b", "c-1"])
    #expect(("rollback" + path).description == "rollback/a/b/c-1")
    #expect(["b", "B", "a/b", "a"].sorted() == ["B", "a", "a/b", "b"] as [ArtifactPath])
  }

  @Test func everyNameIsOneComponent() {
    let refused = HostileText.values().filter { value in
      let path: ArtifactPath = "dns/\(name: value)"
      let name = path.components.last ?? ""
      let characters = name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "._-".utf8.contains($0)
      }
      return path.components.count != 2 || name.isEmpty || name.hasPrefix(".")
        || name.hasPrefix("-") || name.utf8.count > 201 || !characters
    }
    #expect(refused == [])
  }

  @Test func longNamesDiffer() {
    let long = String(repeating: "a", count: 300)
    let one: ArtifactPath = "\(name: long + "b")"
    let other: ArtifactPath = "\(name: long + "c")"
    #expect(one != other)
  }

  @Test func anArtifactTakesTheDocumentsBytes() {
    let artifact = Artifact("a.csv", CSVTable(header: ["x"], rows: []))
    #expect(artifact.path == "a.csv" && artifact.bytes == "x\r\n".octets)
  }
}
