#!/usr/bin/env python3
"""Writes Sources/TableText/CP932Table.swift to standard output.

The source is Python's own codec "cp932", which is Microsoft's code page 932 (Windows-31J) as
unicode.org publishes it in VENDORS/MICSFT/WINDOWS/CP932.TXT. The tests hold the table against the
C library's iconv, too. User-defined characters (lead bytes F0 to F9) are left out: what they look
like is known to the computer only on which they were drawn.
"""

LEADS = [*range(0x81, 0xA0), *range(0xE0, 0xF0), *range(0xFA, 0xFD)]
TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFD)]
NONE = "\N{REPLACEMENT CHARACTER}"


def character(lead, trail):
    try:
        return bytes([lead, trail]).decode("cp932")
    except UnicodeDecodeError:
        return NONE


print("// Made by Tests/Judges/cp932_table.py, which says from what. Do not edit.")
print()
print("extension CP932 {")
print("  /// The characters of each lead byte that has any, by trail byte, half a row a line.")
print("  static let rows: [(lead: UInt8, first: String, second: String)] = [")
for lead in LEADS:
    row = "".join(character(lead, trail) for trail in TRAILS)
    if set(row) == {NONE}:
        continue
    half = len(row) // 2
    print("    (")
    print(f"      0x{lead:02X},")
    print(f'      "{row[:half]}",')
    print(f'      "{row[half:]}"')
    print("    ),")
print("  ]")
print("}")
