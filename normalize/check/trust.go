package check

// The origins of a finding.
const (
	originSource     = "source"     // print says so: the glyphs on both sides are clean
	originExtraction = "extraction" // the page was hard to read, the fault may be ours
	originUnknown    = "unknown"
)
