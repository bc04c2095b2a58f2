package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"

	"gongkai/export/inspect"
	"gongkai/normalize"
)

// A worker and its parent talk over the worker's standard input and output in
// messages:
//
//	kind (1 byte)  length of the rest (4 bytes, little-endian)  payload
//
// The parent sends a request for each document. The worker answers with the steps
// it has come to, so that the parent knows which page takes so long, and with one
// reply.
const (
	messageRequest = 'R' // head: request, body: the bytes of the document
	messageStep    = 'S' // payload: page and number of pages, uvarints
	messageReply   = 'A' // head: reply, body: the product
)

// messageHead is the length of kind and length; headLength that of a head.
const (
	messageHead = 1 + 4
	headLength  = 4
)

// maxMessage bounds what a message may hold: twice the largest document.
const maxMessage = 2 * maxDocumentBytes

// product is what a command needs of a document. The rest stays in the worker,
// because moving a batch from process to process costs as much as making it.
type product string

const (
	productBatch  product = "batch"  // the batch in its binary form, for the store
	productLines  product = "lines"  // the same without the cells
	productTables product = "tables" // the grids, as JSON
	productReport product = "report" // the report, as HTML
	// productBoth is the batch with its length before it, and the report.
	productBoth product = "batch and report"
)

// request asks a worker to read a document, whose bytes follow.
type request struct {
	URI, Path, SHA256 string
	Options           documentOptions
	Product           product
	EveryStep         bool // tell each step before it begins, because one of them is deadly
}

// reply is what became of the document; the product follows.
type reply struct {
	Contents contents
	Stack    string
	Memory   uint64 // bytes that the worker holds now
}

// writeMessage writes a message of a head, as JSON, and a body.
func writeMessage(out io.Writer, kind byte, head any, body []byte) error {
	content, err := json.Marshal(head)
	if err != nil {
		return err
	}
	length := headLength + len(content) + len(body)
	if length > maxMessage {
		return fmt.Errorf("a message of %d bytes, at most %d", length, maxMessage)
	}
	start := make([]byte, messageHead+headLength, messageHead+headLength+len(content))
	start[0] = kind
	binary.LittleEndian.PutUint32(start[1:], uint32(length))
	binary.LittleEndian.PutUint32(start[messageHead:], uint32(len(content)))
	if _, err := out.Write(append(start, content...)); err != nil {
		return err
	}
	_, err = out.Write(body)
	return err
}

// writeStep tells that a step begins.
func writeStep(out io.Writer, at position) error {
	var buffer [messageHead + 2*binary.MaxVarintLen64]byte
	payload := binary.AppendUvarint(buffer[:messageHead], uint64(at.Page))
	payload = binary.AppendUvarint(payload, uint64(at.Pages))
	payload[0] = messageStep
	binary.LittleEndian.PutUint32(payload[1:], uint32(len(payload)-messageHead))
	_, err := out.Write(payload)
	return err
}

// readMessage reads the next message. At the end of the input the error is io.EOF.
func readMessage(in *bufio.Reader) (kind byte, payload []byte, err error) {
	var start [messageHead]byte
	if _, err := io.ReadFull(in, start[:]); err != nil {
		return 0, nil, err
	}
	length := binary.LittleEndian.Uint32(start[1:])
	if length > maxMessage {
		return 0, nil, fmt.Errorf("a message of %d bytes, at most %d", length, maxMessage)
	}
	payload = make([]byte, length)
	_, err = io.ReadFull(in, payload)
	return start[0], payload, err
}

// openMessage reads the head of a payload and returns the body.
func openMessage(payload []byte, head any) ([]byte, error) {
	if len(payload) < headLength {
		return nil, io.ErrUnexpectedEOF
	}
	length := binary.LittleEndian.Uint32(payload)
	if uint64(length) > uint64(len(payload)-headLength) {
		return nil, io.ErrUnexpectedEOF
	}
	end := headLength + int(length)
	return payload[end:], json.Unmarshal(payload[headLength:end], head)
}

func openStep(payload []byte) (position, error) {
	page, n := binary.Uvarint(payload)
	if n <= 0 {
		return position{}, io.ErrUnexpectedEOF
	}
	pages, m := binary.Uvarint(payload[n:])
	if m <= 0 {
		return position{}, io.ErrUnexpectedEOF
	}
	return position{int(page), int(pages)}, nil
}

// pack is the product of a reading as the body of a message.
func (r *reading) pack(wanted product) ([]byte, error) {
	switch wanted {
	case productTables:
		if r.Document == nil {
			return nil, nil
		}
		return json.Marshal(r.grids())
	case productLines:
		lines := *r.Batch
		lines.Cells = nil
		return lines.AppendBinary(nil)
	case productReport:
		return r.report(inspect.Options{})
	case productBoth:
		return r.packBoth()
	default:
		return r.Batch.AppendBinary(nil)
	}
}

// unpack is the reading that a body was packed from.
func unpack(wanted product, answer reply, body []byte) (reading, error) {
	result := reading{contents: answer.Contents, Stack: answer.Stack}
	var err error
	switch {
	case wanted == productTables && len(body) > 0:
		err = json.Unmarshal(body, &result.Grids)
	case wanted == productLines:
		result.Batch, err = normalize.DecodeBatch(body)
	case wanted == productBatch:
		result.Encoded = body
	case wanted == productReport:
		result.Report = body
	case wanted == productBoth:
		length, n := binary.Uvarint(body)
		if n <= 0 || length > uint64(len(body)-n) {
			return result, io.ErrUnexpectedEOF
		}
		end := n + int(length)
		result.Encoded, result.Report = body[n:end], body[end:]
	}
	return result, err
}

// packBoth is the batch and the report, one behind the other.
func (r *reading) packBoth() ([]byte, error) {
	batch, err := r.Batch.AppendBinary(nil)
	if err != nil {
		return nil, err
	}
	report, err := r.report(inspect.Options{})
	if err != nil {
		return nil, err
	}
	body := binary.AppendUvarint(make([]byte, 0, binary.MaxVarintLen64+len(batch)+len(report)), uint64(len(batch)))
	return append(append(body, batch...), report...), nil
}
