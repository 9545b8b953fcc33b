internal import Foundation

/// What BIND, NSD and ldns read in whole zones.
package enum ZoneReaders {
  package struct Zone: Encodable {
    let origin: String
    let text: String
    let meant: [String]

    /// - Parameter meant: the records as lines with absolute names, in any order.
    package init(origin: String, text: [UInt8], meant: [String]) {
      self.origin = origin
      self.text = Data(text).base64EncodedString()
      self.meant = meant
    }
  }

  /// Record by record, the data as on the wire; nil where a reader refuses the zone.
  package struct Verdict: Decodable {
    package let named: [String]?
    package let nsd: [String]?
    package let ldns: [String]?
    package let meant: [String]?
  }

  private struct Request: Encodable {
    let readers: [String]
    let zones: [Zone]
  }

  package static func read(
    _ zones: [Zone], by readers: [String] = ["named", "nsd", "ldns"]
  ) throws -> [Verdict] {
    let request = try JSONEncoder().encode(Request(readers: readers, zones: zones))
    return try Judge.read("zone_readers.py", input: Array(request), as: [Verdict].self)
  }
}
