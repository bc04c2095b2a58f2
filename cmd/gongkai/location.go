package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// A location tells a later run where an input was: a file: address of the
// absolute path, which keeps names in any bytes, or a web address. It depends on
// the machine and stays out of the dataset.

// isAddress tells web addresses from paths.
func isAddress(argument string) bool {
	lower := strings.ToLower(argument)
	return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://")
}

// parseAddress gives a web address as it is asked for, and as the dataset and
// messages name it: without a password.
func parseAddress(argument string) (asked, public string, err error) {
	address, err := url.Parse(argument)
	if err != nil || address.Host == "" || !isAddress(argument) {
		return "", "", fmt.Errorf("%q is no web address", argument)
	}
	address.Fragment, address.RawFragment = "", ""
	asked = address.String()
	address.User = nil
	return asked, address.String(), nil
}

// locationOfFile is the location of a path.
func locationOfFile(name string) string {
	absolute, err := filepath.Abs(name)
	if err != nil {
		absolute = name // there is no working folder; the path must do
	}
	slashed := filepath.ToSlash(absolute)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/data
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}

// fileOfLocation is the path behind a location; ok is false for web addresses.
func fileOfLocation(location string) (name string, ok bool) {
	address, err := url.Parse(location)
	if err != nil || address.Scheme != "file" {
		return "", false
	}
	if name = filepath.FromSlash(address.Path); filepath.VolumeName(strings.TrimPrefix(name, `\`)) != "" {
		name = strings.TrimPrefix(name, `\`)
	}
	return name, true
}

// isThere tells whether a location still leads to something on this machine.
func isThere(location string) bool {
	name, isFile := fileOfLocation(location)
	if !isFile {
		return false
	}
	_, err := os.Stat(name)
	return err == nil
}

// readableName is a file name in UTF-8. Names that Chinese Windows wrote are GBK;
// in others the bytes that are no UTF-8 are written %XX.
func readableName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
	if err == nil && !strings.ContainsRune(decoded, utf8.RuneError) {
		return decoded
	}
	var escaped strings.Builder
	for rest := name; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if r == utf8.RuneError && size == 1 {
			const digits = "0123456789ABCDEF"
			escaped.Write([]byte{'%', digits[rest[0]>>4], digits[rest[0]&0xF]})
		} else {
			escaped.WriteString(rest[:size])
		}
		rest = rest[size:]
	}
	return escaped.String()
}
