package content

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Limits given to pdfcpu: counts and bytes, so that the same file always meets
// the same limit. The largest real disclosure seen has 116,000 objects.
const (
	maxObjects     = 2_000_000
	maxStreamBytes = 128 << 20
	// maxLoadedBytes bounds each object and cross-reference stream that pdfcpu
	// inflates while it loads a file; those of real disclosures stay below 2 MB.
	maxLoadedBytes = 16 << 20
	maxDepth       = 100
)

// withoutConfigDir keeps pdfcpu from writing a configuration folder into the
// user's home; the switch is a global of that library. It is set without that
// library's package api, which brings a table of character widths that takes
// every process that starts some 40 ms to build.
var withoutConfigDir = sync.OnceFunc(func() { model.ConfigPath = "disable" })

// openPDFCPU reads the object table of a PDF with pdfcpu. Validation is left
// out: it costs as much again, and the interpreter checks what it uses.
func openPDFCPU(ctx context.Context, data []byte, password string) (o opened, err error) {
	withoutConfigDir()
	configuration := model.NewDefaultConfiguration()
	configuration.Cmd = model.EXTRACTCONTENT
	configuration.ValidationMode = model.ValidationRelaxed
	configuration.Offline = true
	configuration.UserPW, configuration.OwnerPW = password, password
	configuration.Limits.MaxStreamBytes = maxStreamBytes
	configuration.Limits.MaxDecodeBytes = maxLoadedBytes
	configuration.Limits.MaxObjectCount = maxObjects
	configuration.Limits.MaxXRefEntries = maxObjects
	configuration.Limits.MaxRecursionDepth = maxDepth
	defer func() {
		if r := recover(); r != nil {
			err = &Error{Class: "damaged", Message: fmt.Sprintf("the object table cannot be read (%v)", r)}
		}
	}()
	file, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), configuration)
	if err != nil {
		if ctx.Err() != nil {
			return o, ctx.Err()
		}
		return o, classify(err)
	}
	if file.Root == nil {
		return o, &Error{Class: "damaged", Message: "the trailer names no document catalog"}
	}
	dict := types.Dict{"Root": *file.Root}
	if file.Info != nil {
		dict["Info"] = *file.Info
	}
	return opened{trailer: pdfcpuValue{file.XRefTable, dict, 0}, version: file.VersionString()}, nil
}

// classify turns a pdfcpu error into one of our classes.
func classify(err error) error {
	if errors.Is(err, pdfcpu.ErrWrongPassword) {
		return &Error{Class: "encrypted", Message: "the file is protected by a password; give it with --password"}
	}
	return &Error{Class: "damaged", Message: "the object table cannot be read: " + err.Error()}
}

// pdfcpuValue is a value over pdfcpu's object model.
type pdfcpuValue struct {
	table     *model.XRefTable
	object    types.Object
	reference int
}

// at resolves references; a chain of them is followed a few steps only, since a
// hostile file may close it to a ring.
func (v pdfcpuValue) at(object types.Object) value {
	number := 0
	for range 8 {
		reference, ok := object.(types.IndirectRef)
		if !ok {
			return pdfcpuValue{v.table, object, number}
		}
		number = int(reference.ObjectNumber)
		resolved, err := v.table.Dereference(reference)
		if err != nil {
			break
		}
		object = resolved
	}
	return pdfcpuValue{v.table, nil, 0}
}

func (v pdfcpuValue) dict() types.Dict {
	switch object := v.object.(type) {
	case types.Dict:
		return object
	case types.StreamDict:
		return object.Dict
	case *types.StreamDict:
		return object.Dict
	case types.ObjectStreamDict:
		return object.Dict
	}
	return nil
}

func (v pdfcpuValue) null() bool { return v.object == nil }

func (v pdfcpuValue) key(name string) value { return v.at(v.dict()[name]) }

func (v pdfcpuValue) keys() []string { return slices.Sorted(maps.Keys(v.dict())) }

func (v pdfcpuValue) index(i int) value {
	if array, ok := v.object.(types.Array); ok && i >= 0 && i < len(array) {
		return v.at(array[i])
	}
	return pdfcpuValue{v.table, nil, 0}
}

func (v pdfcpuValue) length() int {
	array, _ := v.object.(types.Array)
	return len(array)
}

func (v pdfcpuValue) number() (float64, bool) {
	switch object := v.object.(type) {
	case types.Integer:
		return float64(object), true
	case types.Float:
		return float64(object), true
	}
	return 0, false
}

func (v pdfcpuValue) name() (string, bool) {
	name, ok := v.object.(types.Name)
	return string(name), ok
}

func (v pdfcpuValue) text() ([]byte, bool) {
	switch object := v.object.(type) {
	case types.StringLiteral:
		text, err := types.Unescape(string(object))
		return text, err == nil
	case types.HexLiteral:
		digits := string(object)
		if len(digits)%2 == 1 {
			digits += "0"
		}
		text, err := hex.DecodeString(digits)
		return text, err == nil
	}
	return nil, false
}

func (v pdfcpuValue) raw() ([]byte, bool) {
	switch object := v.object.(type) {
	case types.StreamDict:
		return object.Raw, true
	case *types.StreamDict:
		return object.Raw, true
	}
	return nil, false
}

func (v pdfcpuValue) id() int { return v.reference }
