internal import SourceText

extension YAMLNode {
  /// Where each byte of a scalar's text is written in its file, and after the last one its end:
  /// one place more than the text has bytes. Nil where the text is laid out over several lines, or
  /// is that of an alias.
  package var textPlaces: [Int]? {
    let record = document.tape[index]
    guard record.kind == .scalar, !isAlias else { return nil }
    let file = record.has(TapeRecord.inherited) ? document.standard : document.file
    let range = Int(record.start)..<Int(record.end)
    let text = Array(text().utf8)
    guard record.has(TapeRecord.decoded) else {
      let start = range.lowerBound + (record.has(TapeRecord.quoted) ? 1 : 0)
      return Array(start...start + text.count)
    }
    let bytes = file.bytes[range]
    let scalars: (bytes: [UInt8], places: [Int])? =
      switch bytes.first {
      case 0x27: ScalarPlaces.single(bytes)
      case 0x22: ScalarPlaces.double(bytes)
      default: nil
      }
    // What does not come out as libyaml read it is not known.
    guard let scalars, scalars.bytes == text else { return nil }
    return scalars.places
  }
}

/// Quoted scalars of one line, byte by byte.
private enum ScalarPlaces {
  static func single(_ source: ArraySlice<UInt8>) -> (bytes: [UInt8], places: [Int])? {
    var bytes: [UInt8] = []
    var places: [Int] = []
    var index = source.startIndex + 1
    let end = source.endIndex - 1
    while index < end {
      if source[index] == 0x0A || source[index] == 0x0D { return nil }
      bytes.append(source[index])
      places.append(index)
      index += source[index] == 0x27 ? 2 : 1
    }
    return (bytes, places + [end])
  }

  static func double(_ source: ArraySlice<UInt8>) -> (bytes: [UInt8], places: [Int])? {
    var bytes: [UInt8] = []
    var places: [Int] = []
    var index = source.startIndex + 1
    let end = source.endIndex - 1
    func append(_ scalar: Unicode.Scalar) {
      for byte in String(scalar).utf8 {
        bytes.append(byte)
        places.append(index)
      }
    }
    while index < end {
      let byte = source[index]
      if byte == 0x0A || byte == 0x0D { return nil }
      guard byte == 0x5C else {
        bytes.append(byte)
        places.append(index)
        index += 1
        continue
      }
      guard index + 1 < end else { return nil }
      let letter = source[index + 1]
      if let digits = hexadecimal[letter] {
        let start = index + 2
        guard start + digits <= end,
          let number = UInt32(
            String(decoding: source[start..<start + digits], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(number)
        else { return nil }
        append(scalar)
        index = start + digits
      } else if let scalar = simple[letter] {
        append(scalar)
        index += 2
      } else {
        return nil
      }
    }
    return (bytes, places + [end])
  }

  private static let hexadecimal: [UInt8: Int] = [0x78: 2, 0x75: 4, 0x55: 8]

  /// The escapes of one letter (YAML 1.2 section 5.7).
  private static let simple: [UInt8: Unicode.Scalar] = [
    0x30: "\0", 0x61: "\u{7}", 0x62: "\u{8}", 0x74: "\t", 0x6E: "\n", 0x76: "\u{B}",
    0x66: "\u{C}", 0x72: "\r", 0x65: "\u{1B}", 0x20: " ", 0x22: "\"", 0x2F: "/", 0x5C: "\\",
    0x4E: "\u{85}", 0x5F: "\u{A0}", 0x4C: "\u{2028}", 0x50: "\u{2029}",
  ]
}
