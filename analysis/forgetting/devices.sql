/*
title = "Devices that are over"
grain = "one device that goes"
needs = ["device_over"]
comes_back = true
*/
SELECT d.device_key
FROM lake.devices AS d
SEMI JOIN forgetting.device_over USING (device_key)
