"""The guided start: from an empty county to its first verdict and first assigned task."""
