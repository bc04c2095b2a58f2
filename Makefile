# Developers' commands. Users need only the go tool; see README.md.

.PHONY: test bench corpus fuzz

test:
	go vet ./...
	go test ./...

# CPU and memory of convert beside pdftotext -bbox, of content beside mutool, as
# ratios on the real disclosures; and each stage by itself with allocations.
bench:
	go test ./fixtures -run '^$$' -bench . -benchtime 3x
	go test ./extract/... ./normalize/... ./export -run '^$$' -bench . -benchmem

# Scores on the real disclosures, beside the ratchet.
corpus:
	go test ./fixtures -run TestCorpus -count 1 -v

# Every fuzz target for a minute.
fuzz:
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime 60s $$package || exit 1; \
		done; \
	done
