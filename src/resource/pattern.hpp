// The published patterns, matched by tables that the compiler builds from their text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace contactd::resource {

/// A pattern of the published kind: `^`, then pieces, then `$`; a piece is a class `[…]` or one literal character, with
/// `{n}`, `{m,n}`, or nothing behind it. Classes know ranges, `\s` (ASCII white space) and escaped characters. All of
/// it is ASCII, so bytes are code points. What a piece takes is taken greedily and never given back: two neighbours
/// with characters in common need a fixed count on the left one. Tested against RE2.
class Pattern {
 public:
  consteval explicit Pattern(std::string_view text) : text_(text) {
    std::size_t at = 0;
    if (take(at) != '^') throw "a pattern begins with ^";
    while (peek(at) != '$') {
      if (pieces_used_ == pieces_.size()) throw "too many pieces";
      read_piece(at, pieces_[pieces_used_++]);
    }
    if (at + 1 != text_.size()) throw "a pattern ends with $";
  }

  constexpr bool matches(std::string_view value) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < pieces_used_; ++i) {
      const Piece& piece = pieces_[i];
      std::size_t count = 0;
      while (count < piece.count_max && at < value.size() && has(piece, value[at])) {
        ++at;
        ++count;
      }
      if (count < piece.count_min) return false;
    }
    return at == value.size();
  }

  constexpr std::string_view text() const { return text_; }
  /// With one piece, what failed can be said better than "does not match": a character, or the length.
  constexpr bool is_one_class() const { return pieces_used_ == 1; }
  constexpr std::size_t length_min() const { return sum(&Piece::count_min); }
  constexpr std::size_t length_max() const { return sum(&Piece::count_max); }
  constexpr bool allows_character(char c) const { return has(pieces_[0], c); }

 private:
  struct Piece {
    std::array<bool, 128> characters{};
    std::size_t count_min = 1;
    std::size_t count_max = 1;
  };

  static constexpr bool has(const Piece& piece, char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 128 && piece.characters[byte];
  }
  constexpr std::size_t sum(std::size_t Piece::*count) const {
    std::size_t total = 0;
    for (std::size_t i = 0; i < pieces_used_; ++i) total += pieces_[i].*count;
    return total;
  }
  constexpr char peek(std::size_t at) const {
    if (at >= text_.size()) throw "a pattern ends too early";
    return text_[at];
  }
  constexpr char take(std::size_t& at) const {
    const char c = peek(at);
    ++at;
    return c;
  }
  constexpr void read_piece(std::size_t& at, Piece& piece) const {
    const char c = take(at);
    if (c == '[') {
      while (peek(at) != ']') read_class_item(at, piece);
      ++at;
    } else {
      piece.characters[static_cast<unsigned char>(c)] = true;
    }
    if (peek(at) == '{') read_counts(at, piece);
  }
  constexpr void read_class_item(std::size_t& at, Piece& piece) const {
    char first = take(at);
    if (first == '\\') {
      first = take(at);
      if (first == 's') {
        for (const char space : std::string_view(" \t\n\v\f\r"))
          piece.characters[static_cast<unsigned char>(space)] = true;
        return;
      }
    }
    char last = first;
    if (peek(at) == '-' && text_[at + 1] != ']') {
      ++at;
      last = take(at);
    }
    for (auto c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c) {
      piece.characters[c] = true;
    }
  }
  constexpr void read_counts(std::size_t& at, Piece& piece) const {
    ++at;
    piece.count_min = read_number(at);
    piece.count_max = piece.count_min;
    if (peek(at) == ',') {
      ++at;
      piece.count_max = read_number(at);
    }
    if (take(at) != '}') throw "a count ends with }";
  }
  constexpr std::size_t read_number(std::size_t& at) const {
    std::size_t value = 0;
    while (peek(at) >= '0' && peek(at) <= '9') value = value * 10 + static_cast<std::size_t>(take(at) - '0');
    return value;
  }

  std::string_view text_;
  std::array<Piece, 4> pieces_{};
  std::size_t pieces_used_ = 0;
};

}  // namespace contactd::resource
