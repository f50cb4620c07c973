meta:
  id: http2
  title: HTTP/2 frames (RFC 9113 section 4)
  endian: be
types:
  frame_header:
    seq:
      - id: length
        type: b24
      - id: type
        type: u1
      - id: flags
        type: u1
      - id: reserved
        type: b1
      - id: stream_id
        type: b31
  rst_stream:
    seq:
      - id: error_code
        type: u4
  goaway:
    seq:
      - id: reserved
        type: b1
      - id: last_stream_id
        type: b31
      - id: error_code
        type: u4
