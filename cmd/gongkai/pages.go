package main

import (
	"strconv"
	"strings"
)

// pageRange is a choice of pages such as 3-7 or 1,4-6,9-. The zero value is all.
type pageRange []pageInterval

// pageInterval is first to last, both included, from 1.
type pageInterval struct{ First, Last int }

// lastPage stands for "to the end".
const lastPage = 1<<31 - 1

func parsePages(text string) (pageRange, error) {
	if text == "" {
		return nil, nil
	}
	var pages pageRange
	for part := range strings.SplitSeq(text, ",") {
		from, to, isInterval := strings.Cut(strings.TrimSpace(part), "-")
		first, err := strconv.Atoi(from)
		if err != nil || first < 1 {
			return nil, badPages(text)
		}
		last := first
		switch {
		case isInterval && to == "":
			last = lastPage
		case isInterval:
			if last, err = strconv.Atoi(to); err != nil || last < first {
				return nil, badPages(text)
			}
		}
		pages = append(pages, pageInterval{first, last})
	}
	return pages, nil
}

func badPages(text string) error {
	return usageError("--pages "+strconv.Quote(text)+" is no range of pages", "write --pages 3-7, --pages 5 or --pages 1,4-6,9-")
}

// filter is the range as extract.Options takes it; nil for all pages.
func (p pageRange) filter() func(int) bool {
	if len(p) == 0 {
		return nil
	}
	return func(number int) bool {
		for _, interval := range p {
			if number >= interval.First && number <= interval.Last {
				return true
			}
		}
		return false
	}
}
