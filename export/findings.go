package export

import (
	"encoding/json"
	"fmt"
	"sync"

	"gongkai/normalize"
)

// findingColumns are those of the findings dataset, made once.
var findingColumns = sync.OnceValue(func() []column[normalize.Finding] { return findingsTable().columns })

// AppendFinding appends a finding as one line of JSON: the file it is of, as the
// caller wants to see it, and the columns of the findings dataset.
func AppendFinding(dst []byte, file string, finding *normalize.Finding) ([]byte, error) {
	name, err := json.Marshal(file)
	if err != nil {
		return dst, fmt.Errorf("file name %q: %w", file, err)
	}
	dst = append(append(append(dst, `{"file":`...), name...), ',')
	start := len(dst)
	dst = appendJSONRow(dst, findingColumns(), finding)
	return append(dst[:start], dst[start+1:]...), nil // without the brace of the row
}
