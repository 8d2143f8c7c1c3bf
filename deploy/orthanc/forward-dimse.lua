-- To the gateway by C-STORE; only as a job does Orthanc know what failed (SendToModality logs a failure and forgets it).

function Forward(job)
    RestApiPost('/modalities/regstream/store', job)
end
