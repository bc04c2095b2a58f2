package content

import "context"

// door is a way to open the file at hand.
type door func(context.Context) (opened, error)

// opened is what a door gives: the trailer as a value, and how it was come by.
type opened struct {
	trailer   value
	version   string
	table     *table // nil when the objects are a library's
	repaired  bool   // the objects were found by a scan
	truncated bool   // the end of the file is missing
	orphans   bool   // so is the page tree; the pages were taken as they stand
}

// doors lists the ways to open a file, the likeliest first. Our own table is
// lazy and bounded, and opens a disclosure in a tenth of the time that pdfcpu
// takes to load it; pdfcpu alone can decrypt. A file whose cross-reference table
// is wrong is scanned. ledongthuc/pdf may hang over a file that neither way
// reads, so it is asked only where that can be stopped; pdfcpu is not asked
// there: it read none of a thousand hostile files that a scan does not, and takes
// gigabytes over some.
func doors(data []byte, options Options) []door {
	t, sound := readTable(data)
	switch {
	case !sound:
		return []door{scanDoor(data, options)}
	case t.encrypted():
		return []door{pdfcpuDoor(data, options), scanDoor(data, options)}
	}
	list := []door{tableDoor(t), scanDoor(data, options)}
	if options.Guarded {
		list = append(list, ledongthucDoor(t))
	}
	return list
}

// tableDoor opens through the file's own cross-reference table.
func tableDoor(t *table) door {
	return func(context.Context) (opened, error) {
		return opened{trailer: t.root(), version: t.version(), table: t}, nil
	}
}

// scanDoor opens through a table made by looking at the whole file. What is
// encrypted is handed to pdfcpu with that table.
func scanDoor(data []byte, options Options) door {
	return func(ctx context.Context) (o opened, err error) {
		scan := rebuild(data)
		t := scan.table
		if t.encrypted() {
			o, err = openPDFCPU(ctx, scan.synthesize(), options.Password)
		} else {
			o = opened{trailer: t.root(), version: t.version(), table: t}
		}
		o.repaired, o.truncated, o.orphans = true, t.truncated, t.orphans
		return o, err
	}
}

// pdfcpuDoor opens with pdfcpu.
func pdfcpuDoor(data []byte, options Options) door {
	return func(ctx context.Context) (opened, error) { return openPDFCPU(ctx, data, options.Password) }
}

// ledongthucDoor opens with ledongthuc/pdf.
func ledongthucDoor(t *table) door {
	return func(context.Context) (opened, error) { return openLedongthuc(t) }
}
