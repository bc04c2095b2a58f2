package content

import (
	"bytes"
	"compress/lzw"
	"encoding/ascii85"
	"errors"
	"io"
	"slices"
	"sync"

	"github.com/klauspost/compress/flate"
)

// maxDecodedBytes bounds what one stream may inflate to. The largest content
// stream of 284 real disclosures is 11 MB.
const maxDecodedBytes = 64 << 20

// maxFilters bounds a chain of filters; writers apply two at most.
const maxFilters = 8

// errUnknownFilter is given for image codecs, whose pixels nobody reads here.
var errUnknownFilter = errors.New("stream filter holds no text")

// decodeStream applies a stream's filters (ISO 32000-2, 7.4). Where a filter
// breaks off, what it gave so far is returned together with the error.
func decodeStream(stream value) ([]byte, error) { return decodeStreamInto(new([]byte), stream) }

// decodeStreamInto is decodeStream for a caller who lends memory for the result, and
// gets back what it has grown to. The result may lie elsewhere, even in the file.
func decodeStreamInto(buffer *[]byte, stream value) ([]byte, error) {
	data, ok := stream.raw()
	if !ok {
		return nil, errors.New("not a stream")
	}
	filters, parameters := stream.key("Filter"), stream.key("DecodeParms")
	count := 1
	single := true
	if n := filters.length(); n > 0 {
		count, single = n, false
	} else if filters.null() {
		return data, nil
	}
	if count > maxFilters {
		return nil, errors.New("stream has more filters than any writer applies")
	}
	var broken error
	for i := range count {
		filter, parameter := filters, parameters
		if !single {
			filter, parameter = filters.index(i), parameters.index(i)
		} else if parameters.length() > 0 {
			parameter = parameters.index(0)
		}
		room := buffer
		if i < count-1 { // no filter reads what it writes
			room = new([]byte)
		}
		decoded, err := applyFilter(nameOf(filter), data, parameter, room)
		if errors.Is(err, errUnknownFilter) {
			return nil, err
		}
		if err != nil {
			broken = err
		}
		data = decoded
	}
	return data, broken
}

func applyFilter(name string, data []byte, parameter value, buffer *[]byte) ([]byte, error) {
	switch name {
	case "FlateDecode", "Fl":
		decoded, err := inflate(data, buffer)
		return unpredict(decoded, parameter), err
	case "LZWDecode", "LZW":
		decoded, err := unLZW(data, integer(parameter.key("EarlyChange"), 1))
		return unpredict(decoded, parameter), err
	case "ASCIIHexDecode", "AHx":
		return unHex(data), nil
	case "ASCII85Decode", "A85":
		return unASCII85(data)
	case "RunLengthDecode", "RL":
		return unRunLength(data), nil
	case "Crypt":
		return data, nil
	}
	return nil, errUnknownFilter
}

var inflaters = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}

// inflate reads zlib data without trusting its header or checksum: broken
// writers get both wrong, and what inflates is what a viewer shows. The result
// stands in the buffer.
func inflate(data []byte, buffer *[]byte) (decoded []byte, err error) {
	if len(data) >= 2 && data[0]&0x0f == 8 && (int(data[0])<<8|int(data[1]))%31 == 0 {
		data = data[2:]
	} else if len(data) >= 2 && (data[0] == '\r' || data[0] == '\n') {
		return inflate(data[1:], buffer)
	}
	reader := inflaters.Get().(io.ReadCloser)
	defer inflaters.Put(reader)
	if err := reader.(flate.Resetter).Reset(bytes.NewReader(data), nil); err != nil {
		return nil, err
	}
	decoded = slices.Grow((*buffer)[:0], min(len(data)*5+512, maxDecodedBytes))
	defer func() { *buffer = decoded }()
	for {
		if len(decoded) == cap(decoded) {
			decoded = append(decoded, 0)[:len(decoded)]
		}
		n, err := reader.Read(decoded[len(decoded):cap(decoded)])
		decoded = decoded[:len(decoded)+n]
		if err == io.EOF {
			return decoded, nil
		}
		if err != nil {
			return decoded, err
		}
		if len(decoded) > maxDecodedBytes {
			return decoded[:maxDecodedBytes], errors.New("stream inflates beyond the limit of 64 MB")
		}
	}
}

// unLZW decodes PDF's LZW: MSB first, code width growing one code early unless
// EarlyChange is 0, which is what compress/lzw does for neither; so own code.
func unLZW(data []byte, earlyChange int) ([]byte, error) {
	if earlyChange == 0 {
		decoded, err := io.ReadAll(io.LimitReader(lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8), maxDecodedBytes))
		return decoded, err
	}
	const clear, end, firstFree, maxCodes = 256, 257, 258, 4096
	var prefix [maxCodes]uint16
	var suffix, first [maxCodes]byte
	var lengths [maxCodes]uint16
	for i := range clear {
		suffix[i], first[i], lengths[i] = byte(i), byte(i), 1
	}
	var decoded []byte
	next, width, previous := firstFree, uint(9), -1
	var bits uint32
	var have uint
	for _, b := range data {
		bits = bits<<8 | uint32(b)
		for have += 8; have >= width; {
			code := int(bits >> (have - width) & (1<<width - 1))
			have -= width
			switch {
			case code == clear:
				next, width, previous = firstFree, 9, -1
				continue
			case code == end:
				return decoded, nil
			case code > next || previous < 0 && code >= firstFree || code == next && previous < 0:
				return decoded, errors.New("LZW code out of order")
			}
			entry := code
			if code == next {
				entry = previous
			}
			length := int(lengths[entry])
			start := len(decoded)
			if start+length+1 > maxDecodedBytes {
				return decoded, errors.New("stream expands beyond the limit of 64 MB")
			}
			decoded = append(decoded, make([]byte, length)...)
			for i, c := start+length-1, entry; i >= start; i-- {
				decoded[i] = suffix[c]
				c = int(prefix[c])
			}
			if code == next {
				decoded = append(decoded, first[entry])
			}
			if previous >= 0 && next < maxCodes {
				prefix[next], suffix[next] = uint16(previous), decoded[start]
				first[next], lengths[next] = first[previous], lengths[previous]+1
				next++
			}
			switch {
			case next+1 >= 2048:
				width = 12
			case next+1 >= 1024:
				width = 11
			case next+1 >= 512:
				width = 10
			}
			previous = code
		}
	}
	return decoded, nil
}

func unHex(data []byte) []byte {
	decoded := make([]byte, 0, len(data)/2+1)
	high := -1
	for _, c := range data {
		if c == '>' {
			break
		}
		d := hexDigit(c)
		if d < 0 {
			continue
		}
		if high < 0 {
			high = d
		} else {
			decoded = append(decoded, byte(high<<4|d))
			high = -1
		}
	}
	if high >= 0 {
		decoded = append(decoded, byte(high<<4))
	}
	return decoded
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func unASCII85(data []byte) ([]byte, error) {
	data = bytes.TrimSpace(data)
	data = bytes.TrimPrefix(data, []byte("<~"))
	if i := bytes.IndexByte(data, '~'); i >= 0 {
		data = data[:i]
	}
	return io.ReadAll(io.LimitReader(ascii85.NewDecoder(bytes.NewReader(data)), maxDecodedBytes))
}

func unRunLength(data []byte) []byte {
	decoded := make([]byte, 0, min(2*len(data), maxDecodedBytes))
	for i := 0; i < len(data) && len(decoded) < maxDecodedBytes; {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return decoded
		case n < 128:
			end := min(i+n+1, len(data))
			decoded = append(decoded, data[i:end]...)
			i = end
		case i < len(data):
			start := len(decoded)
			decoded = append(decoded, make([]byte, 257-n)...)
			for k := start; k < len(decoded); k++ {
				decoded[k] = data[i]
			}
			i++
		}
	}
	return decoded
}

// unpredict undoes the TIFF and PNG predictors (ISO 32000-2, 7.4.4.4).
func unpredict(data []byte, parameter value) []byte {
	predictor := integer(parameter.key("Predictor"), 1)
	if predictor < 2 {
		return data
	}
	colors := min(max(integer(parameter.key("Colors"), 1), 1), 32)
	bits := min(max(integer(parameter.key("BitsPerComponent"), 8), 1), 16)
	columns := min(max(integer(parameter.key("Columns"), 1), 1), 1<<20)
	pixel := max(colors*bits/8, 1)
	row := (colors*bits*columns + 7) / 8
	if predictor == 2 {
		if bits == 8 {
			for start := 0; start+row <= len(data); start += row {
				for i := start + pixel; i < start+row; i++ {
					data[i] += data[i-pixel]
				}
			}
		}
		return data
	}
	decoded := make([]byte, 0, len(data))
	previous := make([]byte, row)
	for len(data) > 1 {
		kind := data[0]
		current := data[1:min(1+row, len(data))]
		data = data[1+len(current):]
		start := len(decoded)
		decoded = append(decoded, current...)
		unfilterRow(kind, decoded[start:], previous, pixel)
		clear(previous)
		copy(previous, decoded[start:])
	}
	return decoded
}

// unfilterRow undoes one PNG row filter in place.
func unfilterRow(kind byte, row, above []byte, pixel int) {
	for i := range row {
		var left, corner byte
		if i >= pixel {
			left, corner = row[i-pixel], above[i-pixel]
		}
		switch kind {
		case 1:
			row[i] += left
		case 2:
			row[i] += above[i]
		case 3:
			row[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			row[i] += paeth(left, above[i], corner)
		}
	}
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	da, db, dc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	if da <= db && da <= dc {
		return a
	}
	if db <= dc {
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
