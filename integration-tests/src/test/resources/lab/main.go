// A program with Go's client and the reporter of error-hook: seconds, then URLs.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"

	"lab/netverdict"
)

func main() {
	log.SetOutput(os.Stdout)
	seconds, _ := strconv.Atoi(os.Args[1])
	netverdict.WaitForHint = 15 * time.Second
	for _, url := range os.Args[2:] {
		fmt.Println("== " + url)
		client := &http.Client{
			Transport: netverdict.Transport(http.DefaultTransport),
			Timeout:   time.Duration(seconds) * time.Second,
		}
		response, err := client.Get(url)
		if err == nil {
			_, err = io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
		log.Printf("ERROR cannot get it: %v", err)
	}
	netverdict.Flush(15 * time.Second)
}
