package import Wording

/// Inline text of a page that is written in more than one language of markup. Literals are mgc's own
/// plain words, in which no markup is read; values say what they are: `"Open \(code: path)"`.
package struct Prose: ExpressibleByStringInterpolation, Sendable {
  /// A part of the text; a writer escapes each as its language asks.
  enum Piece: Sendable {
    case literal(String)
    case text(String)
    case code(String)
    case link(label: Prose, address: String)
  }

  private(set) var pieces: [Piece]

  package init(stringLiteral value: StaticString) { pieces = [.literal(value.description)] }

  package init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

  fileprivate init(_ pieces: [Piece]) { self.pieces = pieces }

  package static func + (left: Self, right: Self) -> Self { Self(left.pieces + right.pieces) }

  /// Collects the pieces.
  package struct Interpolation: StringInterpolationProtocol {
    package typealias StringLiteralType = StaticString
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      let words = literal.description
      if !words.isEmpty { pieces.append(.literal(words)) }
    }

    package mutating func appendInterpolation(_ prose: Prose) { pieces += prose.pieces }

    package mutating func appendInterpolation(_ number: Int) {
      pieces.append(.literal(String(number)))
    }

    /// Text that shows as it is.
    package mutating func appendInterpolation(text: String) { pieces.append(.text(text)) }

    /// What people type or compare as it is.
    package mutating func appendInterpolation(code: String) { pieces.append(.code(code)) }

    /// A link; each language says which addresses it takes.
    package mutating func appendInterpolation(link label: Prose, to address: String) {
      pieces.append(.link(label: label, address: address))
    }

    @available(*, unavailable, message: "write \\(text: …), or \\(code: …) for what people type")
    package mutating func appendInterpolation(_ text: String) {}
  }
}

extension Prose {
  /// The text without any markup.
  package var plain: String {
    pieces.map { piece in
      switch piece {
      case .literal(let words), .text(let words), .code(let words): words
      case .link(let label, _): label.plain
      }
    }.joined()
  }

  /// The text in Markdown.
  package var markdown: Markdown {
    var result = Markdown.Interpolation(literalCapacity: 0, interpolationCount: pieces.count)
    for piece in pieces {
      switch piece {
      // Words of mgc's own source, which a test holds against what readers of Markdown see.
      case .literal(let words): result.append(escaped: words)
      case .text(let text): result.appendInterpolation(text: text)
      case .code(let code): result.appendInterpolation(code: code)
      case .link(let label, let address):
        result.appendInterpolation(link: label.markdown, to: address)
      }
    }
    return Markdown(stringInterpolation: result)
  }
}

extension Sequence<Prose> {
  /// The texts with `separator` between them.
  package func joined(separator: Prose) -> Prose {
    Prose(
      enumerated().flatMap { $0 == 0 ? $1.pieces : separator.pieces + $1.pieces })
  }
}

/// Inline text in both languages, so that a missing one does not compile.
package struct Phrase: Sendable {
  package let ja: Prose
  package let en: Prose

  package init(ja: Prose, en: Prose) {
    self.ja = ja
    self.en = en
  }

  package init(both text: Prose) { self.init(ja: text, en: text) }

  /// A term in both languages.
  package init(_ term: LocalizedText) {
    self.init(ja: "\(text: term.ja)", en: "\(text: term.en)")
  }

  package subscript(language: Language) -> Prose {
    switch language {
    case .ja: ja
    case .en: en
    }
  }

  package static func + (left: Self, right: Self) -> Self {
    Self(ja: left.ja + right.ja, en: left.en + right.en)
  }
}
