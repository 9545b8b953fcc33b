package import SourceText

/// A list of the console that is a file of its own.
package enum ListKind: String, CaseIterable, Sendable {
  case groups
  case allowSenders = "allow-senders"
  case denySenders = "deny-senders"
  case allowIPs = "allow-ips"
  case denyIPs = "deny-ips"
  case allowContent = "allow-content"
  case denyContent = "deny-content"
  case spfExceptions = "spf-exceptions"
  case dmarcExceptions = "dmarc-exceptions"
  case becDomains = "bec-domains"
  case dictionary
  case exclusionDictionary = "exclusion-dictionary"
  case review
  case zipSenders = "zip-senders"
  case zipExceptRecipients = "zip-except-recipients"
  case attachmentLinkSenders = "attachment-link-senders"

  /// What tells one list of the kind from another.
  package enum Identity: Sendable { case none, scope, dictionary }

  package var identity: Identity {
    switch self {
    case .allowSenders, .denySenders, .allowIPs, .denyIPs, .allowContent, .denyContent: .scope
    case .dictionary, .exclusionDictionary: .dictionary
    default: .none
    }
  }

  /// The values of a row, in the order of mgc's own files.
  package var values: [ListValue] {
    switch self {
    case .groups: [.path, .role, .address]
    case .review:
      [
        .order, .name, .scope, .header, .dictionary, .exceptDictionary, .recipients, .sender,
        .attachmentExtensions, .then, .notify,
      ]
    default: [.entry]
    }
  }

  /// What a column of the console's file may hold: the values, and other ways to write them.
  package var columnValues: [ListValue] {
    switch self {
    case .allowIPs, .denyIPs: [.entry, .ip, .netmask, .prefixLength]
    default: values
    }
  }
}

/// What a column of a list holds.
package enum ListValue: String, CaseIterable, Sendable {
  /// The whole entry of a list with one value a row.
  case entry
  /// The address of a network, without its length.
  case ip
  /// サブネットマスク, such as 255.255.255.0; IPv4 only.
  case netmask
  case prefixLength = "prefix-length"
  case path
  /// `manager` or `member`; empty for a group without people.
  case role
  case address
  /// From 1.
  case order
  case name
  case scope
  case header
  case dictionary
  case exceptDictionary = "except-dictionary"
  /// `external`, or patterns with blanks between them.
  case recipients
  case sender
  case attachmentExtensions = "attachment-extensions"
  case then
  case notify
}

/// In which form the console takes or gives a list: a sample that the customer exported, and what
/// its columns mean.
package struct ImportProfile: Sendable {
  package let list: Located<ListKind>
  package let sample: Located<FileReference>
  /// Nil where the sample's own bytes are to say.
  package let encoding: ListEncoding?
  package let columns: [Column]
  /// What the console held, as it was exported.
  package let exports: [Export]
  package let span: SourceSpan

  /// The most columns, and the most words of one: a file has as many cells as rows and columns.
  package static let limit = 100

  package struct Column: Sendable {
    /// The name in the sample's first line; nil where that is an entry already.
    package let header: Located<TextLine>?
    package let content: Located<Content>
    /// The console's words for mgc's.
    package let words: [Word]
    package let span: SourceSpan

    package init(
      header: Located<TextLine>?, content: Located<Content>, words: [Word], span: SourceSpan
    ) {
      self.header = header
      self.content = content
      self.words = words
      self.span = span
    }
  }

  package enum Content: Sendable {
    case value(ListValue)
    /// The same in each row.
    case text(TextLine)
    case blank
  }

  /// A value by the console's word and by mgc's.
  package struct Word: Sendable {
    package let word: Located<TextLine>
    package let shown: Located<TextLine>

    package init(word: Located<TextLine>, shown: Located<TextLine>) {
      self.word = word
      self.shown = shown
    }
  }

  /// One exported list.
  package struct Export: Sendable {
    package let file: Located<FileReference>
    package let scope: Located<Scope>?
    package let dictionary: Located<TextLine>?
    package let span: SourceSpan

    package init(
      file: Located<FileReference>, scope: Located<Scope>?, dictionary: Located<TextLine>?,
      span: SourceSpan
    ) {
      self.file = file
      self.scope = scope
      self.dictionary = dictionary
      self.span = span
    }
  }

  package init(
    list: Located<ListKind>, sample: Located<FileReference>, encoding: ListEncoding?,
    columns: [Column], exports: [Export], span: SourceSpan
  ) {
    self.list = list
    self.sample = sample
    self.encoding = encoding
    self.columns = columns
    self.exports = exports
    self.span = span
  }
}

/// How lists are encoded where no sample says.
package enum ListEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  /// Windows-31J.
  case cp932
}
