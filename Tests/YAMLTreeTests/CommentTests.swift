import SourceText
import Testing
import YAMLTree

struct CommentTests {
  @Test(arguments: [
    ("# one\na: 1 # two\n", ["+# one", "-# two"]),
    ("a: '# no' # yes\nb: x#no\n", ["-# yes"]),
    ("a: [x, # one\n  # two\n  y] # three\n# four", ["-# one", "+# two", "-# three", "+# four"]),
    ("a: |  # head\n  # text\n  b # text\n# after\n", ["-# head", "+# after"]),
    ("a: &name # one\n  b: *name2\n", []),
    ("a: &x 1 # one\nb: *x # two\n", ["-# one", "-# two"]),
    ("a: \"x # no\n  # no\" # yes\n", ["-# yes"]),
    ("  # tab\na: b\r\n  # crlf\r\n", ["+# tab", "+# crlf"]),
    ("{} #", ["-#"]),
  ])
  func `Comments are found, and nothing else`(text: String, expected: [String]) {
    let reading = Reading(text)
    let found = reading.document?.comments().map {
      ($0.isAlone ? "+" : "-") + reading.source($0.span)
    }
    #expect((found ?? []) == expected)
  }
}
