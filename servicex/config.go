package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	defaultPort    = 8000
	defaultDelay   = 5 * time.Second
	defaultDrain   = 20 * time.Second
	defaultVersion = "unknown"

	// Envoy gives up on a route after 15 s and few people wait ten minutes: longer is a slip of the unit.
	maxDuration = 10 * time.Minute
	// Limits of Kubernetes: a label's value and an object's name.
	maxVersionLength = 63
	maxPodLength     = 253
)

// config is what the environment says, checked.
type config struct {
	port    int           // TCP port; 0 lets the system choose
	version string        // as in the label "version"
	pod     string        // pod that answers
	fails   bool          // wait for delay, then answer 504
	delay   time.Duration // wait before a 504
	drain   time.Duration // time running requests have after SIGTERM
}

// loadConfig reads the settings. An empty variable counts as one that is not set.
//
//	PORT      0 to 65535, default 8000
//	VERSION   default "unknown"
//	POD_NAME  default the host name, which in Kubernetes is the pod's
//	error     "yes" or "no", default "no"
//	delay     Go duration from 0s to 10m, default 5s
//	drain     Go duration from 0s to 10m, default 20s
//
// All variables are checked whether or not they take effect: a wrong one is refused before anything listens.
func loadConfig(getenv func(string) string, hostname func() (string, error)) (config, error) {
	cfg := config{port: defaultPort, delay: defaultDelay, drain: defaultDrain, version: defaultVersion}
	var err error
	if text := getenv("PORT"); text != "" {
		if cfg.port, err = parsePort(text); err != nil {
			return config{}, err
		}
	}
	if text := getenv("error"); text != "" {
		if cfg.fails, err = parseYesNo("error", text); err != nil {
			return config{}, err
		}
	}
	if text := getenv("delay"); text != "" {
		if cfg.delay, err = parseDuration("delay", text); err != nil {
			return config{}, err
		}
	}
	if text := getenv("drain"); text != "" {
		if cfg.drain, err = parseDuration("drain", text); err != nil {
			return config{}, err
		}
	}
	if text := getenv("VERSION"); text != "" {
		cfg.version = text
	}
	if cfg.pod = getenv("POD_NAME"); cfg.pod == "" {
		if cfg.pod, err = hostname(); err != nil {
			return config{}, fmt.Errorf("POD_NAME is not set and the host name cannot be read: %w; set POD_NAME", err)
		}
	}
	if err := checkName("VERSION", cfg.version, maxVersionLength); err != nil {
		return config{}, err
	}
	if err := checkName("POD_NAME", cfg.pod, maxPodLength); err != nil {
		return config{}, err
	}
	return cfg, nil
}

func parsePort(text string) (int, error) {
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("PORT is %s, which is not a port: give a whole number from 0 to 65535, "+
			"where 0 lets the system choose, or leave PORT out for %d", quoted(text), defaultPort)
	}
	return int(port), nil
}

func parseYesNo(name, text string) (bool, error) {
	switch text {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, fmt.Errorf("%s is %s, which is neither yes nor no: give yes to answer 504, or no (the default) "+
		"to answer 200", name, quoted(text))
}

func parseDuration(name, text string) (time.Duration, error) {
	duration, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%s is %s, which is not a duration: give a number with its unit, such as 500ms, 5s or 1m, "+
			"from 0s to %s", name, quoted(text), maxDuration)
	}
	if duration < 0 || duration > maxDuration {
		return 0, fmt.Errorf("%s is %s, which is out of range: give a duration from 0s to %s", name, quoted(text), maxDuration)
	}
	return duration, nil
}

// checkName refuses what could not stand in a label or, unescaped, in a header.
func checkName(name, text string, limit int) error {
	wrong := strings.IndexFunc(text, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		return !letter && (r < '0' || r > '9') && r != '.' && r != '_' && r != '-'
	})
	if text == "" || len(text) > limit || wrong >= 0 {
		return fmt.Errorf("%s is %s, which cannot be a name: give 1 to %d letters, digits, dots, dashes or underscores",
			name, quoted(text), limit)
	}
	return nil
}

// quoted keeps an error one line of readable length whatever was given.
func quoted(text string) string {
	return strconv.QuoteToASCII(clip(text, maxNameBytes))
}
