#include "ecr6/logs/gzip.hpp"

#include <zlib.h>

#include <new>

namespace ecr6::logs {

struct Gunzip::Stream {
  z_stream z{};
  bool had_member{};
};

namespace {

constexpr int gzip_window_bits = 15 + 16;  // zlib.h, inflateInit2: 16 asks for gzip framing

}  // namespace

Gunzip::Gunzip() : stream_{std::make_unique<Stream>()} {
  if (inflateInit2(&stream_->z, gzip_window_bits) != Z_OK) throw std::bad_alloc{};
}

Gunzip::~Gunzip() { inflateEnd(&stream_->z); }

void Gunzip::feed(std::span<const char> packed) {
  // zlib takes a pointer to non-const unless it is built with ZLIB_CONST; it does not write through it.
  stream_->z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream_->z.avail_in = static_cast<uInt>(packed.size());
}

/// Behind a member: false when there is nothing more to unpack yet.
bool Gunzip::skip_padding() {
  z_stream& z = stream_->z;
  while (stream_->had_member && z.avail_in > 0 && *z.next_in == 0) {
    ++z.next_in;
    --z.avail_in;
  }
  if (z.avail_in == 0) return false;
  between_members_ = false;
  return true;
}

std::size_t Gunzip::unpack(std::span<char> out) {
  z_stream& z = stream_->z;
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  while (fault_.empty() && z.avail_out == out.size()) {
    if (between_members_ && !skip_padding()) break;
    const int status = inflate(&z, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      between_members_ = stream_->had_member = true;
      inflateReset(&z);
    } else if (status == Z_BUF_ERROR || (status == Z_OK && z.avail_in == 0)) {
      break;
    } else if (status == Z_MEM_ERROR) {
      throw std::bad_alloc{};
    } else if (status != Z_OK) {
      const std::string reason = z.msg == nullptr ? "unknown error" : z.msg;
      fault_ = stream_->had_member && z.total_out == 0 ? "there is something else behind the gzip data: " + reason
                                                       : "the gzip data is damaged: " + reason;
    }
  }
  return out.size() - z.avail_out;
}

}  // namespace ecr6::logs
